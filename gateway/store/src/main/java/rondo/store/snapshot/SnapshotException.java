package rondo.store.snapshot;

/** Why a snapshot can't be taken or read, in a sentence. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SnapshotException(String sentence) {
    super(sentence);
  }
}
