package rondo.ring.sim;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A client's operation on one key, and its result.
 *
 * @param value the value that a write writes or a read returned; null: absent
 * @param expected for conditional writes: the value of the key when it decided
 * @param endNanos {@link Long#MAX_VALUE} when the client got no answer
 */
public record ClientOperation(
    Kind kind, @Nullable Bytes value, @Nullable Bytes expected, long startNanos, long endNanos) {

  /** The kinds of operations, by their effect. */
  public enum Kind {
    READ,
    WRITE,
    /** A conditional write that wrote, or may have written. */
    WON,
    /** A conditional write that found {@code expected} in its way: a read. */
    DECLINED,
    /** A listing that showed the key, with whatever value. */
    LISTED,
    /** A listing that did not show the key. */
    NOT_LISTED
  }

  boolean answered() {
    return endNanos != Long.MAX_VALUE;
  }
}
