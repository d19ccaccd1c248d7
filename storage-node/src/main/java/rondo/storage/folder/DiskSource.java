package rondo.storage.folder;

import java.io.IOException;
import java.nio.file.Path;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.disk.FolderInUseException;

/** A folder that is opened later, perhaps after several tries: its disk may be missing now. */
public interface DiskSource {
  /** Returns the folder's path, for messages. */
  String path();

  /**
   * Opens the folder; may be called again after a failure.
   *
   * @throws DiskException with one line that says what is wrong
   */
  Disk open();

  /**
   * Opens a folder of the operating system, and creates it if needed.
   *
   * @throws ForeignFolderException when another process has it open
   * @throws DiskException when it can't be created or read
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
