package rondo.store.blob;

/** Too few replicas of a chunk can be reached, or have the chunk; it may be tried again later. */
public class BlobUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BlobUnavailableException(String message) {
    super(message);
  }
}
