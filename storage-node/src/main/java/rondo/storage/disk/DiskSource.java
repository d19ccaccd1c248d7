package rondo.storage.disk;

/** A folder that may not be there yet, or not now. */
public interface DiskSource {
  /** Where it is or will be, for messages. */
  String path();

  /**
   * Opens it; may be tried again until it works.
   *
   * @throws DiskException in one line that says what is wrong
   */
  Disk open();
}
