package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment that is being written. For one thread. */
interface LogFile extends AutoCloseable {
  /** How segments are made: a port, so that tests have disks that fail and forget. */
  interface Maker {
    /** Makes a file that wasn't there. */
    LogFile make(Path path) throws IOException;
  }

  /** Appends all of {@code bytes}. */
  void append(ByteBuffer bytes) throws IOException;

  /** Returns when everything appended is on stable storage. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;

  static LogFile real(Path path) throws IOException {
    return new Real(
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** A file of the file system. */
  record Real(FileChannel channel) implements LogFile {
    @Override
    public void append(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
