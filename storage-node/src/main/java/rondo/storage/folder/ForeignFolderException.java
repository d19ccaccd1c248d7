package rondo.storage.folder;

/**
 * A folder is not, or not now, this node's: it belongs to another one, is in use, or has a newer
 * format. An operator has to choose another folder, or ask its owner.
 */
public final class ForeignFolderException extends DiskException {
  private static final long serialVersionUID = 1;

  public ForeignFolderException(String message) {
    super(message);
  }

  public ForeignFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
