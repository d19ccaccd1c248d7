package rondo.storage.extent;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFullException;

/** Whether a folder can be written, and how much it takes. Thread-safe. */
final class FolderHealth {
  private final Disk disk;
  private final ExtentSettings settings;
  private volatile @Nullable DiskException failure;

  FolderHealth(Disk disk, ExtentSettings settings) {
    this.disk = disk;
    this.settings = settings;
  }

  /** Why it takes no more writes; null when it does. */
  @Nullable DiskException failure() {
    return failure;
  }

  /**
   * @throws DiskException when it takes no more writes
   */
  void check() {
    var failed = failure;
    if (failed != null) {
      throw new DiskException(String.valueOf(failed.getMessage()), failed);
    }
  }

  /** Bytes that chunks may still take; 0 when the disk has failed. */
  long freeBytes(long pendingBytes) {
    if (failure != null) {
      return 0;
    }
    try {
      return Math.max(0, disk.usableBytes() - settings.reserveBytes() - pendingBytes);
    } catch (IOException e) {
      note(e);
      return 0;
    }
  }

  /** Waits for stable storage; a failed sync takes the folder out of writing. */
  void sync(GroupSync sync) throws IOException {
    check();
    if (!settings.durable()) {
      return;
    }
    try {
      sync.sync();
    } catch (IOException e) {
      failure = new DiskException(disk.path() + " failed to sync and takes no more writes", e);
      throw e;
    }
  }

  /** What to throw when a write failed; a full disk comes back when space does. */
  DiskException failed(String what, IOException e) {
    var failed = failure;
    if (failed != null) {
      return failed;
    }
    if (isFull(e)) {
      return new DiskFullException(disk.path() + " is full");
    }
    failed = new DiskException(what + ": " + e.getMessage(), e);
    failure = failed;
    return failed;
  }

  /** A write failed that nobody waits for. */
  void note(IOException e) {
    if (failure == null && !isFull(e)) {
      failure = new DiskException("can't write to " + disk.path() + ": " + e.getMessage(), e);
    }
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  void closed() {
    failure = new DiskException(disk.path() + " is closed");
  }
}
