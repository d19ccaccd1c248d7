/**
 * Anti-entropy: replicas compare their rows, and give each other what one of them lacks (Dynamo,
 * SOSP 2007, section 4.7).
 *
 * <ul>
 *   <li>{@link AntiEntropy}: compares the rows of this node with those of each peer.
 *   <li>{@link SharedPartitions}: the partitions that two nodes both hold.
 *   <li>{@link PeerQuestions}: asks one node.
 *   <li>{@link RowSums}: sums of rows, by partition and leaf, kept as rows change.
 *   <li>{@link StampStream}: the stamps in the leaves that differ, page by page.
 *   <li>{@link RowTransfer}: brings rows to the node that lacks them.
 *   <li>{@link RepairPace}: bounds what that costs.
 *   <li>{@link RepairFindings}: what is known to be missing, and since when.
 *   <li>{@link RepairStatus}: tells it.
 *   <li>{@link TimeRemaining}: estimates how long it will take.
 * </ul>
 *
 * <h2>Why merging current states is always safe</h2>
 *
 * <p>A state that one replica holds was put there by somebody's {@code Propagate}: it is a plain
 * write's, whose stamp has one value, or the one successor that was chosen for its base. To give it
 * to another replica, which keeps the larger stamp, is that same message, late. The register's
 * proof ({@link rondo.ring.register}) lets messages be late, repeated and reordered as they like: a
 * replica's stamp only grows (1), nobody counts the answer towards a quorum, and a write that was
 * never acknowledged may take effect late or not at all. Nor can it hide anything: the instances
 * that a replica forgets have bases below the state that it takes, exactly as with the
 * coordinator's own message. Unfinished conditional writes are <em>not</em> exchanged: what was
 * accepted is a vote of one replica, and stays its own. Layout changes carry them, because there a
 * set of voters is replaced; here the voters stay the same. Both sides are asked under the newest
 * epoch that this node has installed, and refuse any other, so that what an old owner still holds
 * of a partition that it lost goes nowhere.
 *
 * <h2>Where tombstones go</h2>
 *
 * <p>A replica that drops a tombstone says that it has never heard of the key. Even when every
 * replica had the tombstone before, three things can go wrong then. A late message with a state
 * below it, of a coordinator that was stopped for a day, brings the value back. The next write may
 * draw a smaller stamp than the tombstone that another replica still has, and is lost where they
 * meet. And conditional writes that start from the same absence may start from two bases: replicas
 * A and B have dropped tombstone t, C has not; one write sees A and C, starts from t, and waits;
 * then C drops it too, and another write sees nothing and starts from that. Each base has an
 * instance of its own, so both can be chosen, and both creators are told that they were the only
 * one.
 *
 * <p>A floor (the largest stamp that was dropped, per partition), told to whoever asks for an
 * absent key, mends the first two, if what is refused because of it counts towards no quorum: a
 * floor covers keys that it isn't about. It doesn't mend the third, since replicas drop at
 * different times and so give one absence several names. To rename it takes what a change of the
 * layout takes: no quorum of the old name can form before anybody uses the new one. Moving a
 * shard's rows into a fresh shard does exactly that. Keys there are registers that never were, and
 * the old shard refuses for good. So no replica drops a tombstone: a shard that has many is
 * renewed, and those are left behind that every replica which the move asks has, with nothing on
 * top; their states only grow, so that none of them tells of what was there before. The move
 * outlasts the operations that were under way then, since a write that began before the delete
 * could go on in the fresh shard. Tombstones in tables that have no shards stay.
 */
@NullMarked
package rondo.ring.repair;

import org.jspecify.annotations.NullMarked;
