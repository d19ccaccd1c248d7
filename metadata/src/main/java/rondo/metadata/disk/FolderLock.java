package rondo.metadata.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes out of a folder. A folder of a read-only file system needs no lock, since
 * no process can write to it.
 */
public final class FolderLock implements AutoCloseable {
  static final String NAME = "lock";

  private final @Nullable FileChannel channel;

  private FolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder, which must exist.
   *
   * @throws FolderInUseException when another process, or another part of this one, holds the lock
   */
  public static FolderLock take(Path folder) throws IOException {
    try {
      var channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new FolderInUseException(folder);
      }
      return new FolderLock(channel);
    } catch (FileSystemException e) {
      if (isReadOnly(e)) {
        return new FolderLock(null);
      }
      throw e;
    }
  }

  /** Whether an operation failed because the file system is mounted read-only. */
  static boolean isReadOnly(FileSystemException e) {
    return String.valueOf(e.getReason()).contains("Read-only file system");
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
