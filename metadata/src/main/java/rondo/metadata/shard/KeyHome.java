package rondo.metadata.shard;

import rondo.ring.value.Bytes;

/** Where the rows of a key are now, whatever shard they were in once. */
public sealed interface KeyHome {
  /** In that shard. */
  record In(Bytes shard) implements KeyHome {}

  /** Nowhere, for good: their bucket is gone. */
  record Nowhere() implements KeyHome {}

  /** That can't be told now. */
  record Unknown() implements KeyHome {}
}
