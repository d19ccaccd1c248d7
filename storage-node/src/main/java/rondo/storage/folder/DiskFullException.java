package rondo.storage.folder;

/** No disk has room for this: nothing was written. */
public final class DiskFullException extends DiskException {
  private static final long serialVersionUID = 1;

  public DiskFullException(String message) {
    super(message);
  }
}
