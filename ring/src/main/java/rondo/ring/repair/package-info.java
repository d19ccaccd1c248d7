/**
 * Anti-entropy: replicas compare their rows, and send each other the newer ones (Dynamo, SOSP 2007,
 * section 4.7).
 *
 * <ul>
 *   <li>{@link AntiEntropy}: compares the rows of this node with those of each peer.
 *   <li>{@link SharedPartitions}: the partitions that two nodes both hold.
 *   <li>{@link PeerQuestions}: puts the questions of repair to one node.
 *   <li>{@link RowSums}: sums of rows, by partition and leaf, kept as rows change.
 *   <li>{@link StampStream}: the stamps in the leaves that differ, page by page.
 *   <li>{@link RowTransfer}: brings rows to the node that lacks them.
 *   <li>{@link RepairPace}: bounds the cost of repair.
 *   <li>{@link RepairFindings}: remembers the under-replicated partitions, and since when they are.
 *   <li>{@link EqualTimes}: until when this node is known to have all that a peer had.
 *   <li>{@link RepairStatus}: reports the findings.
 *   <li>{@link TimeRemaining}: estimates the time until repair is done.
 * </ul>
 *
 * <h2>Why merging current states is always safe</h2>
 *
 * <p>A coordinator's {@code Propagate} brought every state that a replica holds: it is a plain
 * write's, whose stamp has one value, or the one successor that was chosen for its base. Repair
 * sends another replica that message again, late, and the replica keeps the larger stamp. The
 * register's proof ({@link rondo.ring.register}) lets messages be late, repeated and reordered at
 * will: a replica's stamp only grows (1), repair counts no answer towards a quorum, and a write
 * that was never acknowledged may take effect late or not at all. Nor does repair hide anything:
 * the instances that a replica drops have bases below the state that it takes, exactly as with the
 * coordinator's own message.
 *
 * <p>Unfinished conditional writes are <em>not</em> exchanged: an accepted value is the vote of one
 * replica, and stays its own. Layout changes carry them, because they replace a set of voters; here
 * the voters stay the same. Repair asks both sides under the newest epoch that this node has
 * installed, and they refuse any other. So the rows that an old owner still holds of a partition
 * that it lost go nowhere.
 *
 * <h2>Where tombstones go</h2>
 *
 * <p>A replica that has dropped a tombstone answers as if the key had never been written. Even if
 * every replica had the tombstone before, three things can go wrong then. A late message with a
 * state below it, of a coordinator that was stopped for a day, brings the value back. The next
 * write may draw a smaller stamp than the tombstone on another replica, and loses against it there.
 *
 * <p>And conditional writes on the same absent key may use two bases. Say replicas A and B have
 * dropped tombstone t, and C has not: one write sees A and C, uses base t, and waits. Then C drops
 * t too, and another write sees no state and uses the zero stamp as its base. Each base has an
 * instance of its own, so both can be chosen, and both creators believe that they were the only
 * one.
 *
 * <p>A floor per partition (the largest stamp that was dropped), returned for an absent key, would
 * solve the first two, if refusals because of it count towards no quorum: a floor covers keys that
 * it isn't about. It would not solve the third, since replicas drop at different times and so give
 * one absence several bases. A change of base needs the rule of a layout change: no quorum may form
 * on the old base once a coordinator uses the new one.
 *
 * <p>Moving a shard's rows into a fresh shard does exactly that: its keys are registers that were
 * never written, and the old shard refuses for good. So no replica drops a tombstone; instead, a
 * shard with many of them is renewed. The move leaves a tombstone behind if every replica that it
 * asks has it, with no unfinished write on top: their states only grow, so none of them can report
 * an older state. The move outlasts the operations that were under way at its start, since a write
 * from before the delete could otherwise continue in the fresh shard. Tombstones in tables that
 * have no shards stay.
 */
@NullMarked
package rondo.ring.repair;

import org.jspecify.annotations.NullMarked;
