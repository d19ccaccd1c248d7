package rondo.storage.node;

/** The progress of counting a node's rows, after a start or after rows were lost. */
public enum SumProgress {
  /** More rows are to be counted. */
  MORE,
  /** The next rows can't be read now: to be tried again later. */
  LATER,
  /** All rows are counted. */
  DONE
}
