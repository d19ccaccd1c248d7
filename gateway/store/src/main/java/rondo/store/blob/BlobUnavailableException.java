package rondo.store.blob;

/** Too few replicas of a chunk have it, or can be reached. The caller may try again later. */
public final class BlobUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BlobUnavailableException(String message) {
    super(message);
  }
}
