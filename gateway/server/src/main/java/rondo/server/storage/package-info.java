/**
 * What a node has on its disks.
 *
 * <ul>
 *   <li>{@link NodeStorage} is all of it, open.
 *   <li>{@link NodeFolders} are its data folders, and who it is.
 *   <li>{@link KnownFolders} remembers which folders it has used.
 *   <li>{@link ChunkFolder} is a folder of chunks.
 *   <li>{@link PrivateFile} is a file that its owner alone reads.
 *   <li>{@link RootCredentials} are root's access key and secret.
 *   <li>{@link NodeKeyring} opens the keys of server-side encryption.
 *   <li>{@link StoredLayout} keeps the layout.
 *   <li>{@link EngineChoice} opens the engine of the metadata.
 *   <li>{@link MetadataScrub} reads the metadata again, to find what has rotted.
 * </ul>
 */
@NullMarked
package rondo.server.storage;

import org.jspecify.annotations.NullMarked;
