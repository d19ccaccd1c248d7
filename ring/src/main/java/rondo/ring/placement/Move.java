package rondo.ring.placement;

import org.jspecify.annotations.Nullable;

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
public record Move(
    boolean joint,
    long since,
    Assignment from,
    Assignment to,
    boolean wasJoint,
    @Nullable Assignment dropped) {

  /** With further classes of partitions, of which nothing moves. */
  Move and(Assignment classes) {
    Assignment given = dropped == null ? null : dropped.and(classes);
    return new Move(joint, since, from.and(classes), to.and(classes), wasJoint, given);
  }

  static Move rest(long epoch, Assignment all) {
    return new Move(false, epoch, all, all, false, null);
  }

  /** After rest, towards {@code target}; at rest when that is where all is already. */
  static Move begin(long epoch, Assignment all, Assignment target) {
    return new Move(!target.equals(all), epoch, all, target, false, null);
  }

  /** What moves goes on to move. */
  Move goingOn() {
    return new Move(joint, since, from, to, joint, null);
  }

  /** All has arrived. */
  Move ended(long epoch) {
    return new Move(false, epoch, from, to, true, null);
  }

  /** Not there but to {@code target}, or back, when that is where all came from. */
  Move turned(long epoch, Assignment target) {
    return new Move(!target.equals(from), epoch, from, target, true, to);
  }

  /** The rules of the epoch before, as far as anybody needs to follow them still. */
  Move previous(long epoch) {
    if (wasJoint) {
      return new Move(true, epoch, from, dropped == null ? to : dropped, false, null);
    }
    return rest(epoch, from);
  }

  /** Whether the epoch before may have had another rule for this partition. */
  public boolean touches(int partition) {
    return to.differsAt(partition, from) || (dropped != null && dropped.differsAt(partition, from));
  }
}
