package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;

/**
 * Lets a request through only if its epoch is the installed one, and only after every request of an
 * older epoch has ended. So a reply about a row under the new epoch includes everything that the
 * node did under older ones. A fence counts this node from then on ({@link #settled}). Thread-safe.
 */
final class EpochGate {
  private final Tasks tasks;
  private final TreeMap<Long, Integer> inside = new TreeMap<>();
  private final List<Mailbox<Boolean>> waiting = new ArrayList<>();
  private long installed;

  EpochGate(Tasks tasks) {
    this.tasks = tasks;
  }

  /**
   * Lets the request in and returns null, after which {@link #leave} must follow; or returns the
   * refusal. Waits until the deadline for a layout that isn't here yet.
   */
  @Nullable Reply enter(long epoch, long deadlineNanos) {
    while (true) {
      Mailbox<Boolean> turn = tasks.mailbox();
      synchronized (this) {
        if (epoch < installed) {
          return new Reply.Stale(installed);
        }
        if (epoch == installed && (inside.isEmpty() || inside.firstKey() >= epoch)) {
          inside.merge(epoch, 1, Integer::sum);
          return null;
        }
        waiting.add(turn);
      }
      if (turn.take(deadlineNanos) == null) {
        synchronized (this) {
          waiting.remove(turn);
        }
        return new Reply.Refused(
            Reply.Reason.UNAVAILABLE, "the layout of epoch " + epoch + " is not here yet");
      }
    }
  }

  synchronized void leave(long epoch) {
    if (inside.merge(epoch, -1, Integer::sum) == 0) {
      inside.remove(epoch);
      wakeAll();
    }
  }

  synchronized void raise(long epoch) {
    installed = Math.max(installed, epoch);
    wakeAll();
  }

  /** The epoch below which no request will ever run here again. */
  synchronized long settled() {
    return inside.isEmpty() ? installed : Math.min(installed, inside.firstKey());
  }

  private void wakeAll() {
    waiting.forEach(turn -> turn.put(true));
    waiting.clear();
  }
}
