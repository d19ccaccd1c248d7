/**
 * How a replica that missed something gets it back, whether anybody reads it or not. {@link
 * AntiEntropy} compares this node's rows with those of each peer that holds the same partitions
 * ({@link Shared}): first the sums of partitions, then those of the leaves of one that differs,
 * both kept in {@link RowSums} as rows change, then the stamps in the leaves that differ, which a
 * {@code StampStream} brings page by page; only rows that differ cross the network, by {@code
 * RowTransfer}. {@link Pace} bounds what that costs, {@code Asking} puts the questions, {@code
 * Findings} are what is known to be missing, {@link RepairStatus} tells it, and an {@link Outlook}
 * how long it will take.
 *
 * <p>What was missed lately comes back sooner: {@link HintedNetwork} notices which replica did not
 * say that it has taken a state, {@link Handoff} keeps it as a {@link Hint} in a {@link HintStore}
 * until the replica is back, and {@link HintStatus} counts.
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
 */
@NullMarked
package rondo.ring.repair;

import org.jspecify.annotations.NullMarked;
