package rondo.metadata.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import rondo.metadata.disk.Disk;

/**
 * Turns writers away while the disk has just room for what is in memory: a log that runs into the
 * end of the disk stops the engine for good, this only until there is room again. Thread-safe.
 */
public final class FreeSpace {
  /** For the memtables, as checkpoints, and for a log as large beside them. */
  private static final int MEMTABLES = 4;

  /** Of a small disk no more than this share is kept back. */
  private static final int SMALL_DISK_SHARE = 20;

  /** Asking costs a system call. */
  private static final long ASK_EVERY_BYTES = 1 << 20;

  private final String folder;
  private final LongSupplier usable;
  private final long reserveBytes;
  private long unasked = ASK_EVERY_BYTES;

  FreeSpace(String folder, LongSupplier usable, long reserveBytes) {
    this.folder = folder;
    this.usable = usable;
    this.reserveBytes = reserveBytes;
  }

  public static FreeSpace of(Disk disk, EngineOptions options) throws IOException {
    long reserve =
        Math.min(MEMTABLES * options.memtableBytes(), disk.totalBytes() / SMALL_DISK_SHARE);
    return new FreeSpace(disk.path(), () -> usable(disk), reserve);
  }

  private static long usable(Disk disk) {
    try {
      return disk.usableBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Before a write of so many bytes.
   *
   * @throws EngineException when there is no room: nothing is written, and a later write may be
   */
  public synchronized void take(long bytes) {
    unasked += bytes;
    if (unasked < ASK_EVERY_BYTES) {
      return;
    }
    if (!hasRoomFor(bytes)) {
      throw new EngineException("the disk of " + folder + " is full: make room on it");
    }
    unasked = 0;
  }

  /** Whether so much may be written besides. */
  public boolean hasRoomFor(long bytes) {
    try {
      return usable.getAsLong() - bytes >= reserveBytes;
    } catch (UncheckedIOException e) {
      throw new EngineException("the disk of " + folder + " doesn't answer", e);
    }
  }
}
