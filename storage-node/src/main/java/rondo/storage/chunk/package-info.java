/**
 * Chunks as the rest of a node sees them.
 *
 * <ul>
 *   <li>{@link ChunkId} names a chunk.
 *   <li>{@link ChunkOwner} names the row that a chunk was written for.
 *   <li>{@link ListedChunk} is a chunk in a list.
 *   <li>{@link StorageUsage} counts what a store's folders hold.
 *   <li>{@link RecoveryFindings} tells what opening the folders found.
 *   <li>{@link StorageDamage} is something on a disk that isn't as it was written.
 * </ul>
 */
@NullMarked
package rondo.storage.chunk;

import org.jspecify.annotations.NullMarked;
