package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Key;

/** Finds registers that have moved to other keys. Thread-safe. */
@FunctionalInterface
public interface KeyLocator {
  /** No register ever moves. */
  KeyLocator UNMOVED = (closed, deadlineNanos) -> null;

  /**
   * The key under which a register continues whose replicas refuse {@code closed} as closed; all
   * that was done and chosen under the old key holds there. It is {@code closed} itself if that is
   * worth asking again, and null when neither is known by the deadline. May wait.
   */
  @Nullable Key of(Key closed, long deadlineNanos);
}
