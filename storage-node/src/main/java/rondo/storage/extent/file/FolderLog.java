package rondo.storage.extent.file;

import java.io.IOException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.GroupCommit;
import rondo.storage.folder.DiskException;

/**
 * A folder's log of drops, or what is to be in it once the folder can be written. Guarded by the
 * folder's lock.
 */
final class FolderLog {
  private final Disk disk;
  private DropMarks unwritten = new DropMarks();
  private @Nullable DropLog log;

  FolderLog(Disk disk) {
    this.disk = disk;
  }

  /** Writes the log anew with these marks, now or later. */
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

  /** As {@link DropLog#add}. */
  GroupCommit add(long extent, long position, DropMarks.Kind kind) throws IOException {
    if (log == null) {
      throw new IOException("the log of drops is not written yet");
    }
    return log.add(extent, position, kind);
  }

  long marks() {
    return log == null ? unwritten.size() : log.marks();
  }

  /** Leaves out the marks of extents that are gone, on a disk that works. */
  void shrink(LongPredicate kept) throws IOException {
    if (log == null) {
      write();
    } else {
      log = log.shrink(kept);
    }
  }

  /** How many marks are damaged. */
  long damaged() {
    return log == null ? 0 : log.damaged();
  }

  /** How long it is. */
  long bytes() {
    return log == null ? 0 : log.end();
  }

  void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
