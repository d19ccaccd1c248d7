package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One folder of one disk: the only way from the house to files that have to survive a power
 * failure. A name or a byte that was not synced may be lost or kept then, each for itself and in
 * any order. Thread-safe.
 */
public interface Disk extends Closeable {
  /**
   * Makes a file; its name is durable after {@link #syncNames}.
   *
   * @throws java.nio.file.FileAlreadyExistsException when it is there
   */
  DiskFile create(String name) throws IOException;

  /**
   * Opens a file for reading and writing.
   *
   * @throws java.nio.file.NoSuchFileException when it isn't there
   */
  DiskFile open(String name) throws IOException;

  /**
   * Opens a file for reading and writing, and makes it when it isn't there; its name is then
   * durable after {@link #syncNames}.
   */
  DiskFile openOrCreate(String name) throws IOException;

  /** The names of the files, sorted. */
  List<String> names() throws IOException;

  /**
   * Replaces {@code to} if it is there, atomically; durable after {@link #syncNames}.
   *
   * @throws java.nio.file.NoSuchFileException when {@code from} isn't there
   */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. An open file can be read on. */
  void delete(String name) throws IOException;

  /** Returns when the names of the files, new and removed, are on stable storage. */
  void syncNames() throws IOException;

  /** Bytes that can still be written. */
  long usableBytes() throws IOException;

  /** The size of the disk. */
  long totalBytes() throws IOException;

  /** Where this is, for messages. */
  String path();

  @Override
  void close() throws IOException;
}
