package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;

/**
 * Lets a request through only if its layout is the one that is installed here, and not before every
 * request of an older one has ended: what a node says of a row under the new epoch then includes
 * all that it ever did under older ones. A fence counts this node ({@link #settled}) from there on.
 * Thread-safe.
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
   * Lets the request in (null; {@link #leave} has to follow) or says why not. Waits for a layout
   * that isn't here yet, until the deadline.
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

  /** The epoch below which nothing happens here any more, ever. */
  synchronized long settled() {
    return inside.isEmpty() ? installed : Math.min(installed, inside.firstKey());
  }

  private void wakeAll() {
    waiting.forEach(turn -> turn.put(true));
    waiting.clear();
  }
}
