package rondo.s3.sweep;

import rondo.ring.value.Bytes;

/**
 * Where a walk is.
 *
 * @param stage the objects, or after them the uploads
 * @param from the first sort key that it has to see
 */
record WalkPosition(int stage, Bytes from) {
  static final WalkPosition START = new WalkPosition(0, Bytes.EMPTY);

  /** Whether it is behind all that begins with the prefix. */
  boolean isBehind(Bytes prefix) {
    return !from.startsWith(prefix) && from.compareTo(prefix) > 0;
  }

  /** Where to begin in the range of a prefix that it isn't behind. */
  Bytes within(Bytes prefix) {
    return from.startsWith(prefix) ? from : prefix;
  }
}
