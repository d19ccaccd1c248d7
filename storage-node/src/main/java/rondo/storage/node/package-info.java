/**
 * One node.
 *
 * <ul>
 *   <li>{@link NodeReplica} answers requests on rows.
 *   <li>{@link RowRegisters} are the rows, one register each.
 *   <li>{@link VersionedWrites} are writes to the keys of objects, which bring the rows of versions
 *       along.
 *   <li>{@link ShardFences} keep requests out of what is closed.
 *   <li>{@link RowScan} makes a page of live rows.
 *   <li>{@link RowPull} makes a page of all rows, or of all that is remembered of their registers.
 *   <li>{@link TailTransfer} tell how the keys of a shard move elsewhere.
 *   <li>{@link TailJournal} notes what changes in a shard meanwhile.
 *   <li>{@link TailJournals} are those of all shards.
 *   <li>{@link RowComparison} tells other replicas what is here.
 *   <li>{@link StampList} makes a page of stamps for it.
 *   <li>{@link LiveSums} are the sums that it tells, kept as rows change.
 *   <li>{@link SumProgress} tells how far the sums are.
 *   <li>{@link LostRowRanges} are what damage to the disk took, and how it comes back.
 *   <li>{@link EngineHints} remember what others may have missed.
 *   <li>{@link ShardWrites} say how busy a shard is here.
 *   <li>{@link ShardCounter} finds how large a shard is.
 *   <li>{@link ShardCount} is what it finds.
 *   <li>{@link ClockHighWaterMark} keeps the node's clock over restarts.
 * </ul>
 */
@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
