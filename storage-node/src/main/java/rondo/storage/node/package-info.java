/**
 * One node. {@link NodeReplica} answers the requests of coordinators: on one key through {@link
 * Registers}, past {@link Fences} when it writes and by {@link Heads} where the key is an object's,
 * on many by {@link RowScan} and {@link RowPull}; {@link Tails} are what it tells when a shard's
 * keys move elsewhere, with a {@link Journal} each ({@link Journals} has all) of what changes
 * meanwhile; {@link Comparing} tells other replicas what is here, by {@link StampList} and the
 * {@link LiveSums} that are kept as rows change. {@link ShardWrites} says how busy a shard is here
 * and {@link ShardCounting} how large: a {@link ShardCount}. {@link LostRows} are what damage to
 * the disk took, and how it comes back; {@link Counting} tells how far the sums are. {@link
 * EngineHints} remember what others may have missed. {@link Ceiling} keeps the node's clock over
 * restarts.
 */
@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
