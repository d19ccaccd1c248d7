package rondo.metadata.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of the operating system. On a read-only file system it is opened for reading; the first
 * write after the file system has become writable again opens it for writing too.
 */
final class FolderFile implements DiskFile {
  private final Path path;
  private volatile FileChannel channel;

  private FolderFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates a file that doesn't exist yet. */
  static FolderFile create(Path path) throws IOException {
    return new FolderFile(path, writable(path, StandardOpenOption.CREATE_NEW));
  }

  /** Opens a file that exists. */
  static FolderFile open(Path path) throws IOException {
    try {
      return new FolderFile(path, writable(path));
    } catch (FileSystemException e) {
      return new FolderFile(path, readable(path, e));
    }
  }

  static FolderFile openOrCreate(Path path) throws IOException {
    try {
      return new FolderFile(path, writable(path, StandardOpenOption.CREATE));
    } catch (FileSystemException e) {
      return new FolderFile(path, readable(path, e));
    }
  }

  private static FileChannel readable(Path path, FileSystemException failure) throws IOException {
    if (!FolderLock.isReadOnly(failure)) {
      throw failure;
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  private static FileChannel writable(Path path, OpenOption... more) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(more));
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    return FileChannel.open(path, options);
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

  /** A write to a file, or a cut. */
  @FunctionalInterface
  private interface Change {
    void make(FileChannel file) throws IOException;
  }

  private void changing(Change change) throws IOException {
    try {
      change.make(channel);
    } catch (NonWritableChannelException readOnly) {
      // The old channel stays open for threads that are reading from it.
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
