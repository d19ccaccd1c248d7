package rondo.ring.membership;

import java.util.List;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.layout.Members;
import rondo.ring.layout.Redundancy;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Puts an operator's changes into the layout, from any node, by proposing the next epoch as voters
 * do. From then on the changes stand in the layout, and the voters carry them out one move after
 * another. Thread-safe.
 */
final class LayoutChanges {
  private static final long PAUSE_NANOS = 50_000_000L;

  private final LayoutKeeper keeper;
  private final LayoutSuccession succession;
  private final Tasks tasks;
  private final Time time;

  LayoutChanges(LayoutKeeper keeper, LayoutSuccession succession, Tasks tasks, Time time) {
    this.keeper = keeper;
    this.succession = succession;
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * True once all of these changes stand in a layout; false when that isn't known by the deadline,
   * and then it is safe to give them again.
   *
   * @throws IllegalArgumentException with a message in one line, when a change makes no sense; then
   *     none of them stands
   */
  boolean order(List<LayoutChange> changes, long deadlineNanos) {
    while (time.nanos() < deadlineNanos) {
      Layout layout = keeper.active();
      if (layout == null) {
        tasks.mailbox().take(time.nanos() + PAUSE_NANOS);
        continue;
      }
      if (layout.members().under(changes).equals(layout.members())) {
        return true;
      }
      Members wanted = Redundancy.check(layout, changes);
      Layout next = layout.next(wanted);
      if (next == null || succession.propose(layout, next)) {
        return true;
      }
      tasks.mailbox().take(time.nanos() + PAUSE_NANOS);
    }
    return false;
  }
}
