package rondo.gateway.store;

/** A shard takes no writes: its bucket is gone or is being deleted, or its keys have moved. */
public final class ClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClosedException() {
    super("closed", null, false, false);
  }
}
