package rondo.metadata.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Thread-safe: every read and write names its position. */
public interface DiskFile extends Closeable {
  /** Fills {@code into} from {@code position} on, or as far as the file goes; the bytes read. */
  int read(ByteBuffer into, long position) throws IOException;

  /** Writes all of {@code from}; what lies between the old end and {@code position} reads as 0. */
  void write(ByteBuffer from, long position) throws IOException;

  /** Returns when everything written before the call, and its length, is on stable storage. */
  void sync() throws IOException;

  void truncate(long sizeBytes) throws IOException;

  long size() throws IOException;

  @Override
  void close() throws IOException;
}
