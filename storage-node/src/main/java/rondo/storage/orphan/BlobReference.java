package rondo.storage.orphan;

/** Whether a row names a blob. */
public enum BlobReference {
  NAMES,
  NAMES_NOT,
  UNKNOWN;

  /** Returns whether either of two rows names the blob. */
  BlobReference or(BlobReference other) {
    if (this == NAMES || other == NAMES) {
      return NAMES;
    }
    return this == UNKNOWN ? this : other;
  }
}
