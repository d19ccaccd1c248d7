package rondo.ring.sim;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * What a client asked of one key, and what it was told.
 *
 * @param value what a write writes, or what a read returned; null: absent
 * @param expected for conditional writes: what the key held when it decided
 * @param endNanos {@link Long#MAX_VALUE} when the client was never told
 */
public record ClientOperation(
    Kind kind, @Nullable Bytes value, @Nullable Bytes expected, long startNanos, long endNanos) {

  /** What may take effect. */
  public enum Kind {
    READ,
    WRITE,
    /** A conditional write that wrote, or may have. */
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
