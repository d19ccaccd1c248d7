package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. Thread-safe: every read and write names its position. */
public interface DiskFile extends Closeable {
  /** Fills {@code into} from {@code position} on, or as far as the file goes; the bytes read. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Writes all of {@code from}; what lies between the old end and {@code position} reads as 0. */
  void write(ByteBuffer from, long position) throws IOException;

  /**
   * Returns when everything written before the call, and the file's length, is on stable storage.
   * After a failure what was written before may be lost, even when the next call succeeds.
   */
  void sync() throws IOException;

  /** Forgets what lies behind {@code sizeBytes}; a shorter file stays as it is. */
  void truncate(long sizeBytes) throws IOException;

  long size() throws IOException;

  @Override
  void close() throws IOException;
}
