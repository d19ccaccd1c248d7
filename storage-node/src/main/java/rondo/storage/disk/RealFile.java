package rondo.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A real file. Where nothing can be written it is opened for reading, and for writing once that
 * works.
 */
final class RealFile implements DiskFile {
  private final Path path;
  private volatile FileChannel channel;

  private RealFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static RealFile open(Path path) throws IOException {
    try {
      return new RealFile(path, writable(path));
    } catch (FileSystemException e) {
      if (FolderLock.isReadOnly(e)) {
        return new RealFile(path, FileChannel.open(path, StandardOpenOption.READ));
      }
      throw e;
    }
  }

  private static FileChannel writable(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int start = into.position();
    while (into.hasRemaining()) {
      if (channel.read(into, position + into.position() - start) < 0) {
        break;
      }
    }
    return into.position() - start;
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    int start = from.position();
    changing(file -> {
      while (from.hasRemaining()) {
        file.write(from, position + from.position() - start);
      }
    });
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long sizeBytes) throws IOException {
    changing(file -> file.truncate(sizeBytes));
  }

  /** What changes a file. */
  @FunctionalInterface
  private interface Change {
    void make(FileChannel file) throws IOException;
  }

  private void changing(Change change) throws IOException {
    try {
      change.make(channel);
    } catch (NonWritableChannelException readOnly) {
      // The old channel stays open for those who are reading from it.
      channel = writable(path);
      change.make(channel);
    }
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
