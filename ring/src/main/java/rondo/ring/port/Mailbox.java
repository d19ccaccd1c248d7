package rondo.ring.port;

import org.jspecify.annotations.Nullable;

/**
 * Where a virtual thread waits for what others send it: the only place where protocol code blocks.
 */
public interface Mailbox<T> {
  /** Adds an item; never blocks, from any thread. */
  void put(T item);

  /**
   * The next item, waited for until {@code deadlineNanos} of {@link Time#nanos}; null when it
   * passes.
   */
  @Nullable T take(long deadlineNanos);
}
