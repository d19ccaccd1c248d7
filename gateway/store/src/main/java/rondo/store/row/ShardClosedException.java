package rondo.store.row;

/** A shard takes no writes: its bucket is removed or being deleted, or its keys have moved. */
public final class ShardClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ShardClosedException() {
    super("closed", null, false, false);
  }
}
