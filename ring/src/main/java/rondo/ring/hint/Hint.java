package rondo.ring.hint;

import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/**
 * A state that a replica may have missed.
 *
 * @param at its place in its target's order: the time of its noting in microseconds of this node's
 *     clock, doubled, plus one where this node took the state in place of the target
 */
public record Hint(long at, Key key, VersionedValue state) {
  static Hint ofCoordinator(long micros, Key key, VersionedValue state) {
    return new Hint(2 * micros, key, state);
  }

  static Hint ofSubstitute(long micros, Key key, VersionedValue state) {
    return new Hint(2 * micros + 1, key, state);
  }

  long atMicros() {
    return at / 2;
  }

  /** Whether this node took the state in place of the target, so that no other node may have it. */
  boolean isFromSubstitute() {
    return at % 2 != 0;
  }
}
