package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.GroupCommit;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;

/**
 * The health of a folder: whether it takes writes, and how many bytes. A failed write or sync takes
 * it out of writing; a full disk does not. Thread-safe.
 */
public final class FolderHealth {
  private static final String PROBE = "probe";

  private final Disk disk;
  private final ExtentSettings settings;
  private volatile @Nullable DiskException failure;
  private volatile boolean closed;
  private volatile boolean leaving;

  FolderHealth(Disk disk, ExtentSettings settings) {
    this.disk = disk;
    this.settings = settings;
  }

  /** Returns why the folder takes no more writes; null when it takes writes. */
  @Nullable
  public DiskException failure() {
    return failure;
  }

  /** Returns the message of the failure. */
  Optional<String> failed() {
    return Optional.ofNullable(failure).map(failed -> String.valueOf(failed.getMessage()));
  }

  /**
   * Checks that the folder takes writes.
   *
   * @throws DiskException when it doesn't
   */
  public void check() {
    var failed = failure;
    if (failed != null) {
      throw new DiskException(String.valueOf(failed.getMessage()), failed);
    }
  }

  /** Sets whether the folder leaves its store: it then takes no new records. */
  public void leave(boolean leaves) {
    leaving = leaves;
  }

  public boolean isLeaving() {
    return leaving;
  }

  /** Returns how many bytes new chunks may take; 0 when the disk has failed, or leaves. */
  long freeBytes(long pendingBytes) {
    if (failure != null || leaving) {
      return 0;
    }
    try {
      return Math.max(0, disk.usableBytes() - settings.reserveBytes() - pendingBytes);
    } catch (IOException e) {
      note(e);
      return 0;
    }
  }

  /** Syncs a file; a failed sync takes the folder out of writing. */
  public void sync(GroupCommit sync) throws IOException {
    check();
    if (!settings.durable()) {
      return;
    }
    try {
      sync.sync();
    } catch (GroupCommit.EarlierFailureException e) {
      throw e;
    } catch (IOException e) {
      failure = new DiskException(disk.path() + " failed to sync and takes no more writes", e);
      throw e;
    }
  }

  /** Syncs a change that can't be taken back: a failure is thrown as a {@link DiskException}. */
  public void await(GroupCommit sync) {
    try {
      sync(sync);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  DiskException failed(IOException e) {
    return failed("can't write to " + disk.path(), e);
  }

  /**
   * Notes a failed write, and returns the exception to throw. A full disk doesn't take the folder
   * out of writing, since space may come back.
   */
  public DiskException failed(String what, IOException e) {
    var failed = failure;
    if (failed != null) {
      return failed;
    }
    if (isFull(e)) {
      return new DiskFullException(disk.path() + " is full");
    }
    if (e instanceof GroupCommit.EarlierFailureException) {
      // The folder has recovered since, but writes that were under way then have failed.
      return new DiskException(what + ": " + e.getMessage(), e);
    }
    failed = new DiskException(what + ": " + e.getMessage(), e);
    failure = failed;
    return failed;
  }

  /** Notes a failed write that no thread waits for. */
  void note(IOException e) {
    if (failure == null && !isFull(e)) {
      failure = new DiskException("can't write to " + disk.path() + ": " + e.getMessage(), e);
    }
  }

  /** A change of the disk. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  /**
   * Tries a change that no thread waits for, unless the disk has failed; returns whether it was
   * made.
   */
  boolean tried(Change change) {
    try {
      if (failure == null) {
        change.make();
        return true;
      }
      return false;
    } catch (IOException e) {
      note(e);
      return false;
    }
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  /** Whether a folder that has failed can be written again: writes, syncs and reads back a file. */
  boolean works() {
    try {
      var written = ByteBuffer.allocate(4096).putLong(0, System.identityHashCode(this));
      var read = ByteBuffer.allocate(written.capacity());
      try (var file = disk.openOrCreate(PROBE)) {
        file.write(written.duplicate(), 0);
        file.sync();
        file.read(read, 0);
      }
      disk.delete(PROBE);
      disk.syncNames();
      return written.equals(read.flip());
    } catch (IOException e) {
      return false;
    }
  }

  void recovered() {
    if (!closed) {
      failure = null;
    }
  }

  boolean isClosed() {
    return closed;
  }

  void closed() {
    closed = true;
    failure = new DiskException(disk.path() + " is closed");
  }
}
