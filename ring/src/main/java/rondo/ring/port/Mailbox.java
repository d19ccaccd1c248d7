package rondo.ring.port;

import org.jspecify.annotations.Nullable;

/**
 * A queue in which a virtual thread waits for items of other threads: the only place where protocol
 * code blocks.
 */
public interface Mailbox<T> {
  /** Adds an item; never blocks, from any thread. */
  void put(T item);

  /**
   * Takes the next item, and waits for one until {@code deadlineNanos} of {@link Time#nanos}; null
   * when the deadline passes first.
   */
  @Nullable T take(long deadlineNanos);
}
