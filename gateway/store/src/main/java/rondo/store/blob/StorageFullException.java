package rondo.store.blob;

/** Too few nodes have room for a new chunk. */
public final class StorageFullException extends BlobUnavailableException {
  private static final long serialVersionUID = 1;

  StorageFullException() {
    super("too few nodes have room");
  }
}
