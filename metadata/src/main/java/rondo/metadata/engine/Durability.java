package rondo.metadata.engine;

/** What makes a write durable. */
public enum Durability {
  /** It is on stable storage: it survives a power failure. */
  FSYNC,
  /** The operating system has it: it survives the death of the process alone. */
  NONE
}
