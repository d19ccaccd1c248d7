/**
 * Chunks as the rest of a node sees them.
 *
 * <ul>
 *   <li>{@link ChunkId} names a chunk.
 *   <li>{@link ChunkOwner} names the row that a chunk was written for.
 *   <li>{@link ListedChunk} is a chunk in a list.
 *   <li>{@link StorageUsage} is the use of space in a store's folders.
 *   <li>{@link RecoveryFindings} are the findings of opening the folders.
 *   <li>{@link StorageDamage} is damage that was found on a disk.
 * </ul>
 */
@NullMarked
package rondo.storage.chunk;

import org.jspecify.annotations.NullMarked;
