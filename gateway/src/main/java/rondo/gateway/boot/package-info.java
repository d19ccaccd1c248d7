/**
 * Starting Rondo. {@link Main} reads the command line; {@link ServerOptions} are the settings of a
 * node, {@link KeyOptions} and {@link DiskOptions} among them, from {@link Settings} where flags
 * don't give them, and become a {@link Configuration} with {@link HostPort}s, {@link Sizes}, {@link
 * Durations} and {@link KeySources}. {@link ServerCommand} runs a {@link NodeProcess} until {@link
 * Stopping} tells it to stop: with {@link NodeSettings} cut for its parts, {@link NodeStorage} in
 * {@link NodeFolders} (read again by {@link MetadataScrub}; {@link KnownFolders} of {@link
 * ChunkFolder}s, {@link PrivateFile}, {@link RootCredentials}, {@link StoredLayout}), {@link Ports}
 * to the world, {@link LayoutView} for parts older than the membership, {@link Joining} a cluster,
 * {@link Listening} on its ports, {@link NodeRepair} of what copies lack, {@link NodeLosses} to
 * tell what damage took, {@link ClusterRepair} to ask all nodes for it, {@link NodeStatus} to look
 * at, and {@link Closings} for its end. {@link DevCommand} runs several and {@link MetricsReader}
 * watches them; {@link WarmUpCommand} prepares quick starts, {@link RecoverCommand} mends chunks.
 * {@link UserCommand} (with {@link UserPolicyCommand}), {@link ExplainCommand}, {@link
 * LayoutCommand}, {@link LifecycleCommand} and {@link LossesCommand} and {@link ViewCommands} ask a
 * node through {@link AdminClient}. {@link StartException} is what a person can mend.
 */
@NullMarked
package rondo.gateway.boot;

import org.jspecify.annotations.NullMarked;
