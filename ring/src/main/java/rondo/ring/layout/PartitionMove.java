package rondo.ring.layout;

import java.util.BitSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/**
 * The move of partitions from one assignment to another, as of one epoch.
 *
 * @param joint whether partitions are moving; then writes need quorums of both assignments
 * @param since the epoch that began the move: copies made from then on count
 * @param from the assignment before the move; equal to {@code to} when nothing moves
 * @param to the assignment after the move
 * @param wasJoint whether the epoch before was joint
 * @param dropped the target of the epoch before, if that was given up; else null
 */
public record PartitionMove(
    boolean joint,
    long since,
    Assignment from,
    Assignment to,
    boolean wasJoint,
    @Nullable Assignment dropped) {

  /** This move, with further classes of partitions that don't move. */
  PartitionMove and(Assignment classes) {
    Assignment given = dropped == null ? null : dropped.and(classes);
    return new PartitionMove(joint, since, from.and(classes), to.and(classes), wasJoint, given);
  }

  static PartitionMove rest(long epoch, Assignment all) {
    return new PartitionMove(false, epoch, all, all, false, null);
  }

  /** The move from a settled assignment to {@code target}; at rest when both are equal. */
  static PartitionMove begin(long epoch, Assignment all, Assignment target) {
    return new PartitionMove(!target.equals(all), epoch, all, target, false, null);
  }

  /** The move in an epoch that continues it. */
  PartitionMove goingOn() {
    return new PartitionMove(joint, since, from, to, joint, null);
  }

  /** The move in the epoch that ends it: all partitions have arrived. */
  PartitionMove ended(long epoch) {
    return new PartitionMove(false, epoch, from, to, true, null);
  }

  /** The move in an epoch that turns it to {@code target}; at rest when that is {@link #from}. */
  PartitionMove turned(long epoch, Assignment target) {
    return new PartitionMove(!target.equals(from), epoch, from, target, true, to);
  }

  /** The move as of the epoch before, as far as a node may still need to follow it. */
  PartitionMove previous(long epoch) {
    if (wasJoint) {
      return new PartitionMove(true, epoch, from, dropped == null ? to : dropped, false, null);
    }
    return rest(epoch, from);
  }

  /** Whether the epoch before may have had other owners or quorums for this partition. */
  public boolean touches(int partition) {
    return to.differsAt(partition, from) || (dropped != null && dropped.differsAt(partition, from));
  }

  /** {@link Layout#fences}. */
  boolean fences(Predicate<NodeId> installed) {
    for (int p = 0; p < to.owners().size(); p++) {
      long without = from.of(p).stream().filter(installed.negate()).count();
      if (touches(p) && without > from.replication(p).spare()) {
        return false;
      }
    }
    return true;
  }

  /** {@link Layout#copies}. */
  BitSet copies(NodeId node) {
    var copies = new BitSet(to.owners().size());
    for (int p = 0; p < to.owners().size(); p++) {
      boolean holds = to.differsAt(p, from) && to.of(p).contains(node);
      copies.set(p, holds && (!from.of(p).contains(node) || everyOwnerCopies(p)));
    }
    return copies;
  }

  private boolean everyOwnerCopies(int partition) {
    Replication before = from.replication(partition);
    Replication after = to.replication(partition);
    // A write quorum took it; with fewer owners since, a read quorum still finds it. A vacant seat
    // lacks everything, so it is one of those that lack it before, and fills no quorum afterwards.
    int lacking =
        Math.max(before.n() - before.w(), before.r() - 1) - Vacancy.count(from.of(partition));
    return lacking >= Math.min(after.r(), after.w()) - Vacancy.count(to.of(partition));
  }
}
