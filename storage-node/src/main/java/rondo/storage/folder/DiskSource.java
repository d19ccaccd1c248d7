package rondo.storage.folder;

import java.io.IOException;
import java.nio.file.Path;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.disk.FolderInUseException;

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

  /**
   * Opens a real folder, and makes it when it isn't there.
   *
   * @throws ForeignFolderException when another process has it open
   * @throws DiskException when it can't be made or read
   */
  static Disk folder(Path folder) {
    try {
      return FolderDisk.open(folder);
    } catch (FolderInUseException e) {
      throw new ForeignFolderException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new DiskException("can't open the folder " + folder + ": " + e.getMessage(), e);
    }
  }
}
