package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The files of one folder: the port through which the whole house reads and writes files that must
 * survive a power failure. A power failure may lose or keep each name and each byte that was not
 * synced, independently of all others. Thread-safe.
 */
public interface Disk extends Closeable {
  /**
   * Creates a file. Its name is durable after {@link #syncNames}.
   *
   * @throws java.nio.file.FileAlreadyExistsException when a file has this name
   */
  DiskFile create(String name) throws IOException;

  /**
   * Opens a file for reading and writing.
   *
   * @throws java.nio.file.NoSuchFileException when no file has this name
   */
  DiskFile open(String name) throws IOException;

  /**
   * Opens a file for reading and writing, and creates it when no file has this name. Its name is
   * then durable after {@link #syncNames}.
   */
  DiskFile openOrCreate(String name) throws IOException;

  /** Returns the names of all files, sorted. */
  List<String> names() throws IOException;

  /**
   * Renames a file, and replaces {@code to} atomically if it exists. The new name is durable after
   * {@link #syncNames}.
   *
   * @throws java.nio.file.NoSuchFileException when {@code from} doesn't exist
   */
  void rename(String from, String to) throws IOException;

  /**
   * Removes a file if it exists. A file that is open stays readable. The removal is durable after
   * {@link #syncNames}.
   */
  void delete(String name) throws IOException;

  /**
   * Returns once all names that were added, changed or removed before the call are on stable
   * storage.
   */
  void syncNames() throws IOException;

  /** Returns how many bytes can still be written. */
  long usableBytes() throws IOException;

  /** Returns the size of the disk in bytes, used and free. */
  long totalBytes() throws IOException;

  /** Returns the folder's path, for messages. */
  String path();

  @Override
  void close() throws IOException;
}
