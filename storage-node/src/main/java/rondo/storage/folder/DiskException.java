package rondo.storage.folder;

/**
 * A disk failed, or has data that this program can't read. After a failed sync the disk is not
 * trusted.
 */
public class DiskException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DiskException(String message, Throwable cause) {
    super(message, cause);
  }

  public DiskException(String message) {
    super(message);
  }
}
