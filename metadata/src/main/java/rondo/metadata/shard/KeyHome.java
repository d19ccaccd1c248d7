package rondo.metadata.shard;

import rondo.ring.value.Bytes;

/** The shard in which the rows of a key are now, after any moves. */
public sealed interface KeyHome {
  /** The rows are in this shard. */
  record In(Bytes shard) implements KeyHome {}

  /** The rows are gone for good: their bucket has been removed. */
  record Nowhere() implements KeyHome {}

  /** The shard is unknown: a register could not be read. */
  record Unknown() implements KeyHome {}
}
