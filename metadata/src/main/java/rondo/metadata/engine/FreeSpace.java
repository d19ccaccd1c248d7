package rondo.metadata.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import rondo.metadata.disk.Disk;

/**
 * Refuses writes while the disk has just enough room left to flush the memory. A log that fills the
 * disk would stop the engine until it is opened again; this refusal ends as soon as there is room.
 * Thread-safe.
 */
public final class FreeSpace {
  /**
   * Memtables' worth of room: for the memtables as checkpoints, and for a log as large beside them.
   */
  private static final int MEMTABLES = 4;

  /** A small disk keeps back at most one part in so many. */
  private static final int SMALL_DISK_SHARE = 20;

  /** What stays free even while the reserve is spent: for the other small files of a node. */
  private static final long LAST_BYTES = 1 << 20;

  /** The free space is looked up once for so many bytes: each look is a system call. */
  private static final long ASK_EVERY_BYTES = 1 << 20;

  private final String folder;
  private final LongSupplier usable;
  private final long reserveBytes;
  private long unasked = ASK_EVERY_BYTES;
  private volatile boolean spending;

  FreeSpace(String folder, LongSupplier usable, long reserveBytes) {
    this.folder = folder;
    this.usable = usable;
    this.reserveBytes = reserveBytes;
  }

  /** Returns the free space of a disk, with a reserve for the memory that {@code options} allow. */
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
   * Admits a write of so many bytes.
   *
   * @throws EngineException when the disk has no room: the write must not be made, a later one may
   *     be
   */
  public synchronized void take(long bytes) {
    unasked += bytes;
    if (unasked < ASK_EVERY_BYTES && !spending) {
      return;
    }
    if (spending ? !hasRoomAtAllFor(bytes) : !hasRoomFor(bytes)) {
      throw new EngineException("the disk of " + folder + " is full: make room on it");
    }
    unasked = 0;
  }

  /** What stays free, in bytes, for the memory to be flushed. */
  public long reserveBytes() {
    return reserveBytes;
  }

  /**
   * Has writes take the reserve too, or not any longer. The caller has made room, and knows that
   * only deletes and settings are written now.
   */
  public void spend(boolean all) {
    spending = all;
  }

  /** Whether writes take the reserve too. */
  public boolean isSpending() {
    return spending;
  }

  /** Whether the disk has room for so many bytes without any reserve. */
  public boolean hasRoomAtAllFor(long bytes) {
    return hasRoomFor(bytes, LAST_BYTES);
  }

  /** Whether the disk has room for so many bytes beside the reserve. */
  public boolean hasRoomFor(long bytes) {
    return hasRoomFor(bytes, reserveBytes);
  }

  private boolean hasRoomFor(long bytes, long keptBytes) {
    try {
      return usable.getAsLong() - bytes >= keptBytes;
    } catch (UncheckedIOException e) {
      throw new EngineException("the disk of " + folder + " doesn't answer", e);
    }
  }
}
