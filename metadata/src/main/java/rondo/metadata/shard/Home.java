package rondo.metadata.shard;

import rondo.ring.register.Bytes;

/** Where the rows of a key are now, whatever shard they were in once. */
public sealed interface Home {
  /** In that shard. */
  record In(Bytes shard) implements Home {}

  /** Nowhere, for good: their bucket is gone. */
  record Nowhere() implements Home {}

  /** That can't be told now. */
  record Unknown() implements Home {}
}
