package rondo.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end. Used by one thread; may block for as long as its disk does. */
interface AppendFile extends AutoCloseable {
  /** Opens files; tests have disks that fail. */
  interface Opener {
    /** Opens a file at that length; bytes behind it, of a write that failed, are cut off. */
    AppendFile open(Path path, long lengthBytes) throws IOException;
  }

  /** Writes all bytes, and returns when they are on stable storage. */
  void append(byte[] bytes) throws IOException;

  @Override
  void close() throws IOException;

  /** A file of the system. */
  static AppendFile system(Path path, long lengthBytes) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(lengthBytes);
    channel.position(lengthBytes);
    return new AppendFile() {
      @Override
      public void append(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
