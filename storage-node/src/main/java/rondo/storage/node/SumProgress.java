package rondo.storage.node;

/** How far the rows of a node are counted after a start, or after some were lost. */
public enum SumProgress {
  /** There are more. */
  MORE,
  /** The next rows can't be read now: later, perhaps. */
  LATER,
  /** All are counted. */
  DONE
}
