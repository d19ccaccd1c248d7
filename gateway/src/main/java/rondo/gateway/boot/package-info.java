/**
 * Starting Rondo.
 *
 * <ul>
 *   <li>{@link Ports} are the clocks, the chance and the virtual threads of the machine.
 *   <li>{@link RunningTasks} are tasks whose end can be waited for.
 *   <li>{@link Configuration} is all of it.
 *   <li>{@link StorageSettings} say what the node keeps on its disks, and how.
 *   <li>{@link NodeEndpoints} are where it listens.
 *   <li>{@link ClusterSettings} say which cluster it joins, or makes.
 *   <li>{@link MemberSettings} say what it is to its cluster.
 *   <li>{@link S3Settings} say how it serves S3.
 *   <li>{@link SecretSettings} are who is known to it from the start, and its keys.
 *   <li>{@link KeySources} say where the keys of server-side encryption come from.
 *   <li>{@link HostPort} is where something listens or is reached.
 *   <li>{@link Sizes} reads sizes as people write them.
 *   <li>{@link Durations} reads times as people write them.
 *   <li>{@link StartException} is what a person can mend.
 *   <li>{@link Closings} closes what was opened, the newest first.
 *   <li>{@link Listening} waits until a port is bound, and says why it can't be.
 *   <li>{@link Stopping} ends the process well when it is told to end.
 *   <li>{@link NodeStorage} is all of it, open.
 *   <li>{@link NodeFolders} are its data folders, and who it is.
 *   <li>{@link KnownFolders} remembers which folders it has used.
 *   <li>{@link ChunkFolder} is a folder of chunks.
 *   <li>{@link PrivateFile} is a file that its owner alone reads.
 *   <li>{@link RootCredentials} are root's access key and secret.
 *   <li>{@link StoredLayout} keeps the layout.
 *   <li>{@link EngineChoice} opens the engine of the metadata.
 *   <li>{@link NodeKeyring} opens the keys of server-side encryption.
 *   <li>{@link MetadataScrub} reads the metadata again, to find what has rotted.
 *   <li>{@link NodeLinks} opens the node port and the connections.
 *   <li>{@link NodeAddresses} says where nodes are reached.
 *   <li>{@link ChunkEpochs} holds chunks to the epoch.
 *   <li>{@link StartupReplica} refuses requests while the node starts.
 *   <li>{@link LeaseRevocation} tells other gateways to forget what they have leased.
 *   <li>{@link NodeRepair} runs it in the background.
 *   <li>{@link RepairReport} tells what copies lack, and how long it will take.
 *   <li>{@link NodeLosses} tells what damage to the metadata took.
 *   <li>{@link ClusterRepair} asks all nodes for what is not on all of its replicas.
 *   <li>{@link NodeProcess} makes the parts in their order, and closes them.
 *   <li>{@link NodeSettings} cut the configuration to what each part needs.
 *   <li>{@link NodeRing} is the node's part in the ring; it answers requests and coordinates.
 *   <li>{@link NodeWorkers} do the cluster's work in the background.
 *   <li>{@link NodeStatus} is what the node shows of itself.
 *   <li>{@link Joining} finds the cluster of a node with an empty folder, or makes one.
 *   <li>{@link Main} reads it.
 *   <li>{@link ServerCommand} runs a node.
 *   <li>{@link DevCommand} runs several as one cluster.
 *   <li>{@link WarmUpCommand} prepares quick starts.
 *   <li>{@link RecoverCommand} mends the chunks of a stopped node.
 *   <li>{@link MetricsReader} watches them.
 *   <li>{@link ServerOptions} are all of them.
 *   <li>{@link EndpointOptions} say where the node listens.
 *   <li>{@link JoinOptions} say how it finds its cluster.
 *   <li>{@link MemberOptions} say what it is to its cluster.
 *   <li>{@link QuorumOptions} say how many copies a new cluster keeps.
 *   <li>{@link DiskOptions} say what keeps disks busy beside clients.
 *   <li>{@link KeyOptions} say where keys come from.
 *   <li>{@link Settings} takes values that no flag gives from the environment and a file.
 *   <li>{@link ExitStatus} is how the process ends.
 *   <li>{@link AdminClient} asks it, signed by root.
 *   <li>{@link UserCommand} makes users and keys.
 *   <li>{@link UserPolicyCommand} gives them policies.
 *   <li>{@link LayoutCommand} changes the layout.
 *   <li>{@link LifecycleCommand} shows what a bucket's rules would do.
 *   <li>{@link LossesCommand} shows lost ranges, and accepts their loss.
 *   <li>{@link ScrubCommand} reads the disks again.
 *   <li>{@link ViewCommands} show the ring, the status and what is missing.
 *   <li>{@link ExplainCommand} tells who may do what.
 *   <li>{@link BucketCommand} shows and changes buckets.
 *   <li>{@link BucketAvailableCommand} makes a bucket available.
 *   <li>{@link BucketConflictsCommand} shows a bucket's conflicts.
 *   <li>{@link BucketCopiesCommand} sets how many copies a bucket has.
 *   <li>{@link BucketQuorumCommand} sets how many replicas a bucket's requests wait for.
 * </ul>
 */
@NullMarked
package rondo.gateway.boot;

import org.jspecify.annotations.NullMarked;
