/**
 * A consistent snapshot of all rows of the cluster while it serves. It is the state of a read
 * quorum of every key's replicas at one instant, so it has every write that was acknowledged before
 * the order, none that began after it was taken, and no write without those that were acknowledged
 * before it began.
 *
 * <p>Why: the coordinator freezes replicas, and thaws them once enough are frozen. A frozen replica
 * keeps a snapshot and replies to no request on rows. A snapshot counts only if its replica was
 * still frozen when it was thawed; the first thaw is sent after the last freeze was confirmed. So
 * there is an instant, the cut, at which all that count were frozen. Replies that a replica gave
 * before the cut tell of its state before its freeze, which its snapshot has; later ones it gave
 * after the cut.
 *
 * <p>A write that was acknowledged before the cut has replies of a write quorum, given before the
 * cut. A read quorum of snapshots meets it, so one of them has the write, or a newer one. A write
 * that began after the cut is in no snapshot: all were taken before. Let the snapshot have the
 * write {@code v}, and let {@code u} be acknowledged before {@code v} began. As {@code v} is in a
 * snapshot, it began before the cut; so {@code u} was acknowledged before the cut, and is in the
 * snapshot.
 *
 * <p>No clock and no stamp is compared in this; stamps only order the states of one key, as always.
 *
 * <ul>
 *   <li>{@link SnapshotMembers} says which nodes are frozen, and which of them are enough.
 *   <li>{@link ClusterSnapshot} takes the snapshot, and gives it up.
 *   <li>{@link SnapshotRows} reads the rows of all nodes' snapshots as one.
 *   <li>{@link SnapshotException} says in a sentence why there is no snapshot.
 * </ul>
 */
@NullMarked
package rondo.store.snapshot;

import org.jspecify.annotations.NullMarked;
