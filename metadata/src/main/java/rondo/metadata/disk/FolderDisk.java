package rondo.metadata.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A real folder, made when it isn't there and locked against other processes while it is open.
 *
 * <p>Threads that use it are never interrupted: an interrupt closes a file under everybody's hands.
 */
public final class FolderDisk implements Disk {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;

  /** Found once: that reads the list of all mounts, asking it is one system call. */
  private final FileStore store;

  private FolderDisk(Path folder, FileChannel lock, FileStore store) {
    this.folder = folder;
    this.lock = lock;
    this.store = store;
  }

  /**
   * @throws IOException when it can't be made or another process has it open
   */
  public static FolderDisk open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileStore store = Files.getFileStore(folder);
    var lock =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locks(lock)) {
      lock.close();
      throw new IOException(folder + " is in use by another process");
    }
    return new FolderDisk(folder, lock, store);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return new RealFile(
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new RealFile(
        FileChannel.open(folder.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals(LOCK))
          .sorted()
          .toList();
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void syncNames() throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return store.getUsableSpace();
  }

  @Override
  public long totalBytes() throws IOException {
    return store.getTotalSpace();
  }

  @Override
  public String path() {
    return folder.toString();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private record RealFile(FileChannel channel) implements DiskFile {
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
      while (from.hasRemaining()) {
        channel.write(from, position + from.position() - start);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      channel.truncate(sizeBytes);
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
}
