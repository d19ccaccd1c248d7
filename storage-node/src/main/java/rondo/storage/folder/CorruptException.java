package rondo.storage.folder;

/**
 * A file can't be read, or a block of it has the wrong checksum: the data must come from another
 * replica.
 */
public final class CorruptException extends DiskException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;

  public CorruptException(String file, long offset, int expected, int found) {
    super(
        "%s is corrupt at offset %d: checksum %08x expected, %08x found"
            .formatted(file, offset, expected, found));
    this.file = file;
    this.offset = offset;
  }

  public CorruptException(String file, long offset, Throwable cause) {
    super("%s can't be read at offset %d: %s".formatted(file, offset, cause.getMessage()), cause);
    this.file = file;
    this.offset = offset;
  }

  /** Returns the file's path. */
  public String file() {
    return file;
  }

  /** Returns the offset of the block with the wrong checksum. */
  public long offset() {
    return offset;
  }
}
