package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.disk.GroupCommit;
import rondo.storage.folder.DiskException;

/**
 * The log of records that were dropped or are damaged. Records in extents never change, so the log
 * marks them.
 *
 * <pre>
 * log  = "RONDODR1"(8) version(4) = 1 zero(4) mark*
 * mark = extent number(8) position of the record(8), + 1 when it is damaged, crc(4)
 * </pre>
 *
 * Bad marks are skipped: a torn mark was never acknowledged; a damaged or unreadable one brings
 * back a chunk that no row names, which the orphan walk drops again. Opening a folder rewrites the
 * log with the marks of records that still exist, and so does {@link #shrink}. Guarded by the
 * folder's lock, except for the sync.
 */
final class DropLog implements AutoCloseable {
  private static final String NAME = "drops.log";
  private static final String NEW_NAME = "drops.new";
  private static final long MAGIC = 0x524F4E444F445231L;
  private static final int HEAD_BYTES = 16;
  private static final int MARK_BYTES = 20;

  /** How many marks are read or written at once. */
  private static final int PAGE = 3000;

  private final Disk disk;
  private final DiskFile file;
  private final GroupCommit sync;
  private long end;

  private DropLog(Disk disk, DiskFile file, long end) {
    this.disk = disk;
    this.file = file;
    this.sync = new GroupCommit(file::sync);
    this.end = end;
  }

  /**
   * Reads a folder's log: its marks, unsorted; none when there is no log.
   *
   * @param damaged counts the marks that can't be read
   * @throws DiskException when it has a newer format
   */
  static DropMarks read(Disk disk, AtomicLong damaged) throws IOException {
    var marks = new DropMarks();
    try (var file = disk.openOrCreate(NAME)) {
      if (file.size() >= HEAD_BYTES) {
        checkHead(file, damaged);
        load(file, HEAD_BYTES, file.size(), damaged, marks::add);
      }
    }
    return marks;
  }

  private static void checkHead(DiskFile file, AtomicLong damaged) {
    var head = ByteBuffer.allocate(HEAD_BYTES);
    try {
      file.read(head, 0);
    } catch (IOException e) {
      head.clear();
    }
    if (head.getLong(0) != MAGIC) {
      damaged.incrementAndGet();
    } else if (head.getInt(8) != 1) {
      throw new DiskException(
          NAME + " has a format that this version of the program can't read: " + head.getInt(8));
    }
  }

  private static void load(
      DiskFile file, long from, long to, AtomicLong damaged, DropMarks.Visitor visitor) {
    var page = ByteBuffer.allocate(PAGE * MARK_BYTES);
    for (long at = from; at < to; at += page.capacity()) {
      page.clear().limit((int) Math.min(page.capacity(), to - at));
      try {
        file.read(page, at);
      } catch (IOException e) {
        damaged.addAndGet(page.limit() / MARK_BYTES);
        continue;
      }
      page.flip();
      for (int i = 0; i + MARK_BYTES <= page.limit(); i += MARK_BYTES) {
        long position = page.getLong(i + 8);
        if (page.getInt(i + 16) == ExtentFormat.crc(page, i, MARK_BYTES - 4)) {
          visitor.mark(page.getLong(i), position & -2, DropMarks.Kind.of(position));
        } else {
          damaged.incrementAndGet();
        }
      }
    }
  }

  /** Replaces the log by one with these marks, and opens it for more. */
  static DropLog write(Disk disk, DropMarks marks) throws IOException {
    var log = begin(disk);
    var page = new Page(log);
    marks.forEach(page::mark);
    page.flush();
    log.replace();
    return log;
  }

  private static DropLog begin(Disk disk) throws IOException {
    disk.delete(NEW_NAME);
    var file = disk.create(NEW_NAME);
    file.write(ByteBuffer.allocate(HEAD_BYTES).putLong(MAGIC).putInt(1).putInt(0).flip(), 0);
    return new DropLog(disk, file, HEAD_BYTES);
  }

  /** Makes this the folder's log. Extents whose marks are left out must never come back. */
  private void replace() throws IOException {
    file.sync();
    disk.syncNames();
    disk.rename(NEW_NAME, NAME);
    disk.syncNames();
  }

  /** A buffer of marks, so that many are written at once. */
  private static final class Page {
    private final DropLog log;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE * MARK_BYTES);
    private long written;

    Page(DropLog log) {
      this.log = log;
    }

    void mark(long extent, long position, DropMarks.Kind kind) {
      put(page, extent, position, kind);
      if (!page.hasRemaining()) {
        flush();
      }
    }

    void flush() {
      try {
        written += page.position();
        page.flip();
        log.file.write(page, log.end);
        log.end = HEAD_BYTES + written;
        page.clear();
      } catch (IOException e) {
        throw new DiskException("can't write " + NEW_NAME, e);
      }
    }
  }

  private static void put(ByteBuffer into, long extent, long position, DropMarks.Kind kind) {
    int from = into.position();
    into.putLong(extent).putLong(position | kind.bit());
    into.putInt(ExtentFormat.crc(into, from, MARK_BYTES - 4));
  }

  /** Returns how many marks the log has. */
  long marks() {
    return (end - HEAD_BYTES) / MARK_BYTES;
  }

  /** Appends a mark; it is durable once the returned sync has run. */
  GroupCommit add(long extent, long position, DropMarks.Kind kind) throws IOException {
    var buffer = ByteBuffer.allocate(MARK_BYTES);
    put(buffer, extent, position, kind);
    file.write(buffer.flip(), end);
    end += MARK_BYTES;
    return sync;
  }

  /**
   * Replaces this log by one with the marks of existing extents only, and returns that.
   *
   * @param kept whether an extent of this number exists
   */
  DropLog shrink(LongPredicate kept) throws IOException {
    var next = begin(disk);
    var page = new Page(next);
    load(
        file,
        HEAD_BYTES,
        end,
        new AtomicLong(),
        (extent, position, kind) -> {
          if (kept.test(extent)) {
            page.mark(extent, position, kind);
          }
        });
    page.flush();
    next.replace();
    sync.supersede();
    file.close();
    return next;
  }

  /** Reads the whole log again, and returns how many marks are damaged. */
  long damaged() {
    var damaged = new AtomicLong();
    checkHead(file, damaged);
    load(file, HEAD_BYTES, end, damaged, (_, _, _) -> {});
    return damaged.get();
  }

  long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
