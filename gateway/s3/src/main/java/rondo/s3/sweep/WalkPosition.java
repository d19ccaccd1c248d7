package rondo.s3.sweep;

import rondo.ring.value.Bytes;

/**
 * The position of a walk.
 *
 * @param stage 0 in the objects, 1 in the uploads after them
 * @param from the first sort key still to be seen
 */
record WalkPosition(int stage, Bytes from) {
  static final WalkPosition START = new WalkPosition(0, Bytes.EMPTY);

  /** Whether the walk has passed all keys that begin with the prefix. */
  boolean isBehind(Bytes prefix) {
    return !from.startsWith(prefix) && from.compareTo(prefix) > 0;
  }

  /** The first key to see in the range of a prefix that the walk hasn't passed. */
  Bytes within(Bytes prefix) {
    return from.startsWith(prefix) ? from : prefix;
  }
}
