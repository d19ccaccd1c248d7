/**
 * A node's data on its disks.
 *
 * <ul>
 *   <li>{@link NodeStorage} holds all of it, open.
 *   <li>{@link NodeFolders} opens the data folders, and decides the node's identity.
 *   <li>{@link KnownFolders} remembers which folders the node has used.
 *   <li>{@link FolderSet} is a set of folders that survives restarts.
 *   <li>{@link DiskOrders} adds folders to a running node, and sends them away.
 *   <li>{@link FolderCandidate} is a folder that an operator wants to add.
 *   <li>{@link ChunkFolder} is a folder of chunks.
 *   <li>{@link TokenIssuer} makes further join tokens.
 *   <li>{@link JoinToken} is what a node is given of its cluster at its first start.
 *   <li>{@link PrivateFile} is a file that only its owner can read.
 *   <li>{@link RootCredentials} is an access key of root and its secret.
 *   <li>{@link RootKeys} knows those that are valid now.
 *   <li>{@link NodeKeyring} opens the keys of server-side encryption.
 *   <li>{@link StoredPeers} keeps what other nodes have told of themselves.
 *   <li>{@link StoredRounds} keeps the rounds of gossip that others may have heard.
 *   <li>{@link NodeName}: the node's name.
 *   <li>{@link StoredLayout} keeps the layout.
 *   <li>{@link EngineChoice} opens the engine of the metadata.
 *   <li>{@link MetadataScrub} scrubs the metadata for bit rot.
 * </ul>
 */
@NullMarked
package rondo.server.storage;

import org.jspecify.annotations.NullMarked;
