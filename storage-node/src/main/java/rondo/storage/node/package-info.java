/**
 * A node's answers to requests for rows.
 *
 * <ul>
 *   <li>{@link NodeReplica} answers each request.
 *   <li>{@link RowRegisters} keeps registers as rows of the engine.
 *   <li>{@link VersionedWrites} writes the heads of objects' keys, and their versions' rows along.
 *   <li>{@link ShardFences} keeps requests out of closed shards and tails.
 *   <li>{@link RowScan} makes a page of live rows.
 *   <li>{@link RowPull} makes a page of all rows, or of all registers.
 *   <li>{@link TailTransfer} answers a node that moves the tail of a shard.
 *   <li>{@link TailJournal} journals the changes of a tail meanwhile.
 *   <li>{@link TailJournals} has the journals of all tails.
 *   <li>{@link RowComparison} answers nodes that compare their rows with this node's.
 *   <li>{@link StampList} makes a page of stamps for them.
 *   <li>{@link LiveSums} has the hash sums of the rows, kept up to date.
 *   <li>{@link SumProgress} is the progress of counting these.
 *   <li>{@link LostRowRanges} has the lost ranges of the engine, for rebuild.
 *   <li>{@link EngineHints} keeps hints for other nodes.
 *   <li>{@link ShardWrites} counts the writes to each shard.
 *   <li>{@link ShardCounter} counts the rows of a shard.
 *   <li>{@link ShardCount} is the result of that.
 *   <li>{@link ClockHighWaterMark} keeps the ceiling of the node's clock over restarts.
 * </ul>
 */
@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
