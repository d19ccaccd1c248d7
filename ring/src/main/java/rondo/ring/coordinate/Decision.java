package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** What a conditional write decides when it sees the current state. */
public sealed interface Decision {
  /** Make this the successor; null deletes. */
  record Put(@Nullable Bytes value) implements Decision {}

  /**
   * The same with a value that no other operation puts there, ever: where a conditional write was
   * completed by somebody else, its writer knows its value again.
   */
  record PutOwn(Bytes value) implements Decision {}

  /** Leave it as it is. */
  record Decline() implements Decision {}
}
