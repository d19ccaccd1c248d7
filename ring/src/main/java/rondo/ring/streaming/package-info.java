/**
 * Copies data to its new owners in a joint epoch, and removes it from the old ones afterwards.
 *
 * <ul>
 *   <li>{@link PartitionMover}: copies to this node what a joint epoch gives it.
 *   <li>{@link RowCopy}: copies the rows of some partitions.
 *   <li>{@link RowStream}: the rows that one node holds, page by page.
 *   <li>{@link UnfinishedWrites}: completes conditional writes among old and new owners.
 *   <li>{@link ChunkCopy}: copies the chunks of some partitions.
 *   <li>{@link LocalRows}: the rows that this node holds.
 *   <li>{@link ChunkTransfer}: lists, fetches and drops chunks.
 *   <li>{@link MoveProgress}: how far the copy is.
 *   <li>{@link Throttle}: keeps the copy below a rate.
 *   <li>{@link Cleanup}: removes data that this node no longer owns.
 * </ul>
 */
@NullMarked
package rondo.ring.streaming;

import org.jspecify.annotations.NullMarked;
