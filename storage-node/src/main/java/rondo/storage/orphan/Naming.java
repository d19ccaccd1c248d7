package rondo.storage.orphan;

/** Whether a row names a blob. */
public enum Naming {
  NAMES,
  NAMES_NOT,
  UNKNOWN;

  /** Any of two rows. */
  Naming or(Naming other) {
    if (this == NAMES || other == NAMES) {
      return NAMES;
    }
    return this == UNKNOWN ? this : other;
  }
}
