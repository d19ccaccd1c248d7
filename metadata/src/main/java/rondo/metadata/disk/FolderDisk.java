package rondo.metadata.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the operating system's file system, locked against other processes while it is open.
 * On a read-only file system its files are opened for reading alone.
 *
 * <p>Threads that use it must never be interrupted: an interrupt closes the file's channel for all
 * of its users.
 */
public final class FolderDisk implements Disk {
  private final Path folder;
  private final FolderLock lock;

  /**
   * Looked up once, as that reads the list of all mounts; asking it for free space is one system
   * call.
   */
  private final FileStore store;

  private FolderDisk(Path folder, FolderLock lock, FileStore store) {
    this.folder = folder;
    this.lock = lock;
    this.store = store;
  }

  /**
   * Opens a folder, and creates it if needed.
   *
   * @throws FolderInUseException when another process has the folder open
   */
  public static FolderDisk open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileStore store = Files.getFileStore(folder);
    return new FolderDisk(folder, FolderLock.take(folder), store);
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return FolderFile.create(folder.resolve(name));
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return FolderFile.open(folder.resolve(name));
  }

  @Override
  public DiskFile openOrCreate(String name) throws IOException {
    return FolderFile.openOrCreate(folder.resolve(name));
  }

  @Override
  public List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(FolderDisk::name)
          .filter(name -> name != null && !name.equals(FolderLock.NAME))
          .map(String::valueOf)
          .sorted()
          .toList();
    }
  }

  private static @Nullable String name(Path file) {
    Path name = file.getFileName();
    return name == null ? null : name.toString();
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
}
