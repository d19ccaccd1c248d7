package rondo.ring.port;

/** The clocks of one node. The protocol reads time here and nowhere else. Thread-safe. */
public interface Time {
  /** Microseconds since 1970; may be wrong, and may jump. */
  long wallMicros();

  /** Monotonic nanoseconds from an arbitrary origin, for deadlines. */
  long nanos();
}
