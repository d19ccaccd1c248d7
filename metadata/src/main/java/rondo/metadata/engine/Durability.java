package rondo.metadata.engine;

/** The point at which a write counts as durable. */
public enum Durability {
  /** On stable storage: the write survives a power failure. */
  FSYNC,
  /**
   * In the operating system's cache: the write survives the death of the process, but not a power
   * failure.
   */
  NONE
}
