package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. Thread-safe: every read and write names its position. */
public interface DiskFile extends Closeable {
  /**
   * Reads bytes from {@code position} on until {@code into} is full or the file ends, and returns
   * how many bytes it read.
   */
  int read(ByteBuffer into, long position) throws IOException;

  /**
   * Writes all of {@code from} at {@code position}. A gap between the old end and {@code position}
   * reads as zeros.
   */
  void write(ByteBuffer from, long position) throws IOException;

  /**
   * Returns once all bytes written before the call, and the file's length, are on stable storage.
   * After a failed sync those bytes may be lost, even if the next sync succeeds.
   */
  void sync() throws IOException;

  /** Cuts the file to {@code sizeBytes}; a shorter file stays as it is. */
  void truncate(long sizeBytes) throws IOException;

  /** Returns the file's length in bytes. */
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
