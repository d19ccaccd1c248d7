package rondo.storage.extent.file;

import java.io.IOException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.GroupCommit;
import rondo.storage.folder.DiskException;

/**
 * A folder's log of drops. While the folder can't be written, its marks wait in memory. Guarded by
 * the folder's lock.
 */
final class FolderLog {
  private final Disk disk;
  private DropMarks unwritten = new DropMarks();
  private @Nullable DropLog log;

  FolderLog(Disk disk) {
    this.disk = disk;
  }

  /** Replaces the log by one with these marks, now or as soon as the folder can be written. */
  void begin(DropMarks marks) throws IOException {
    unwritten = marks;
    write();
  }

  private void write() throws IOException {
    try {
      log = DropLog.write(disk, unwritten);
      unwritten = new DropMarks();
    } catch (DiskException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Appends a mark, as {@link DropLog#add}. */
  GroupCommit add(long extent, long position, DropMarks.Kind kind) throws IOException {
    if (log == null) {
      throw new IOException("the log of drops is not written yet");
    }
    return log.add(extent, position, kind);
  }

  long marks() {
    return log == null ? unwritten.size() : log.marks();
  }

  /** Rewrites the log without the marks of extents that are gone, on a disk that works. */
  void shrink(LongPredicate kept) throws IOException {
    if (log == null) {
      write();
    } else {
      log = log.shrink(kept);
    }
  }

  /** Reads the log again, and returns how many marks are damaged. */
  long damaged() {
    return log == null ? 0 : log.damaged();
  }

  /** Returns the log's length in bytes. */
  long bytes() {
    return log == null ? 0 : log.end();
  }

  void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
