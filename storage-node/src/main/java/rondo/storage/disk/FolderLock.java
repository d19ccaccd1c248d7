package rondo.storage.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps other processes out of a folder; where nothing can be written there is nobody to keep. */
final class FolderLock implements AutoCloseable {
  static final String NAME = "lock";

  private final @Nullable FileChannel channel;

  private FolderLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /** Takes a folder's lock; null when another process has it. */
  static @Nullable FolderLock take(Path folder) throws IOException {
    try {
      var channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        return null;
      }
      return new FolderLock(channel);
    } catch (FileSystemException e) {
      if (isReadOnly(e)) {
        return new FolderLock(null);
      }
      throw e;
    }
  }

  /** Whether it failed because nothing can be written there. */
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
