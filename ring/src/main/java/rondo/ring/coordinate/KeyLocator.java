package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Key;

/** Where registers have moved. Thread-safe. */
@FunctionalInterface
public interface KeyLocator {
  /** Nothing ever moves. */
  KeyLocator UNMOVED = (closed, deadlineNanos) -> null;

  /**
   * Another key under which the register goes on whose replicas say that it is closed, with all
   * that was done and chosen there; or the same key, if it is worth asking again; null when neither
   * is known by the deadline. May wait.
   */
  @Nullable Key of(Key closed, long deadlineNanos);
}
