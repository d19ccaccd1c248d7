package rondo.storage.folder;

/**
 * A disk gave back other bytes than were written there, or can't read them: the copy must come from
 * elsewhere.
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

  public String file() {
    return file;
  }

  /** Where the block with the wrong checksum begins. */
  public long offset() {
    return offset;
  }
}
