package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** A conditional write's decision on the current state. */
public sealed interface Decision {
  /** Make {@code value} the successor; null deletes. */
  record Put(@Nullable Bytes value) implements Decision {}

  /**
   * Make {@code value} the successor, which no other operation ever writes to this key. When
   * another operation completes the write, its writer recognizes its own value.
   */
  record PutOwn(Bytes value) implements Decision {}

  /** Leave the state as it is. */
  record Decline() implements Decision {}
}
