package rondo.storage.folder;

/** A folder is not, or not now, the caller's: another one has to be chosen, or its owner asked. */
public final class ForeignFolderException extends DiskException {
  private static final long serialVersionUID = 1;

  public ForeignFolderException(String message) {
    super(message);
  }

  public ForeignFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
