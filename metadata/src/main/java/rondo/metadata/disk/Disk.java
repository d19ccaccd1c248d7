package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** One folder of one disk. Thread-safe. */
public interface Disk extends Closeable {
  /** Makes a file that wasn't there; its name is durable after {@link #syncNames}. */
  DiskFile create(String name) throws IOException;

  /**
   * Opens a file for reading and writing.
   *
   * @throws java.nio.file.NoSuchFileException when it isn't there
   */
  DiskFile open(String name) throws IOException;

  /** The names of the files, sorted. */
  List<String> names() throws IOException;

  /** Replaces {@code to} if it is there, atomically; durable after {@link #syncNames}. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. Who has it open can go on reading it. */
  void delete(String name) throws IOException;

  /** Returns when the names of the files, new and removed, are on stable storage. */
  void syncNames() throws IOException;

  /** Bytes that can still be written. */
  long usableBytes() throws IOException;

  /** How large the disk is. */
  long totalBytes() throws IOException;

  /** Where this is, for messages. */
  String path();

  @Override
  void close() throws IOException;
}
