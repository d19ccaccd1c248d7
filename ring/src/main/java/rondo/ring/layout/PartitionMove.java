package rondo.ring.layout;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Assignment;

/**
 * From whom to whom partitions go.
 *
 * @param joint whether they are on their way: then writes need quorums of both
 * @param since the epoch that began it: what was copied from then on counts
 * @param from what held before; equal to {@code to} when nothing moves
 * @param to what holds after it
 * @param wasJoint whether the epoch before was joint
 * @param dropped where the epoch before was moving to, if that was given up; else null
 */
public record PartitionMove(
    boolean joint,
    long since,
    Assignment from,
    Assignment to,
    boolean wasJoint,
    @Nullable Assignment dropped) {

  /** With further classes of partitions, of which nothing moves. */
  PartitionMove and(Assignment classes) {
    Assignment given = dropped == null ? null : dropped.and(classes);
    return new PartitionMove(joint, since, from.and(classes), to.and(classes), wasJoint, given);
  }

  static PartitionMove rest(long epoch, Assignment all) {
    return new PartitionMove(false, epoch, all, all, false, null);
  }

  /** After rest, towards {@code target}; at rest when that is where all is already. */
  static PartitionMove begin(long epoch, Assignment all, Assignment target) {
    return new PartitionMove(!target.equals(all), epoch, all, target, false, null);
  }

  /** What moves goes on to move. */
  PartitionMove goingOn() {
    return new PartitionMove(joint, since, from, to, joint, null);
  }

  /** All has arrived. */
  PartitionMove ended(long epoch) {
    return new PartitionMove(false, epoch, from, to, true, null);
  }

  /** Not there but to {@code target}, or back, when that is where all came from. */
  PartitionMove turned(long epoch, Assignment target) {
    return new PartitionMove(!target.equals(from), epoch, from, target, true, to);
  }

  /** The rules of the epoch before, as far as anybody needs to follow them still. */
  PartitionMove previous(long epoch) {
    if (wasJoint) {
      return new PartitionMove(true, epoch, from, dropped == null ? to : dropped, false, null);
    }
    return rest(epoch, from);
  }

  /** Whether the epoch before may have had another rule for this partition. */
  public boolean touches(int partition) {
    return to.differsAt(partition, from) || (dropped != null && dropped.differsAt(partition, from));
  }
}
