package rondo.metadata.shard;

/** A move can't go on. It is given up, and tried again later. */
final class MoveAbandonedException extends Exception {
  private static final long serialVersionUID = 1;

  MoveAbandonedException(String why) {
    super(why);
  }
}
