package rondo.storage.extent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFile;

/**
 * The records of a folder that were dropped: extents never change, so this is said beside them.
 *
 * <pre>
 * log  = "RONDODR1"(8) version(4) = 1 zero(4) mark*
 * mark = extent number(8) position of the record(8) crc(4)
 * </pre>
 *
 * A torn mark ends the log: it was not acknowledged. Opening a folder writes the log anew with the
 * marks that still mean something. Guarded by the folder's lock, but for the sync.
 */
final class DropLog implements AutoCloseable {
  private static final String NAME = "drops.log";
  private static final String NEW_NAME = "drops.new";
  private static final long MAGIC = 0x524F4E444F445231L;
  private static final int HEAD_BYTES = 16;
  private static final int MARK_BYTES = 20;

  /** A dropped record. */
  record Mark(long extent, long position) {
    void put(ByteBuffer buffer) {
      int from = buffer.position();
      buffer.putLong(extent).putLong(position);
      buffer.putInt(ExtentFormat.crc(buffer, from, MARK_BYTES - 4));
    }
  }

  private final DiskFile file;
  private final GroupSync sync;
  private long end;

  private DropLog(DiskFile file, long end) {
    this.file = file;
    this.sync = new GroupSync(file);
    this.end = end;
  }

  /** What a folder's log says; empty when there is none. */
  static Set<Mark> read(Disk disk) throws IOException {
    try (var file = disk.open(NAME)) {
      return load(file);
    }
  }

  /** Writes the log anew, with these marks, and opens it for more. */
  static DropLog write(Disk disk, Collection<Mark> marks) throws IOException {
    var buffer = ByteBuffer.allocate(HEAD_BYTES + marks.size() * MARK_BYTES);
    buffer.putLong(MAGIC).putInt(1).putInt(0);
    marks.forEach(mark -> mark.put(buffer));
    disk.delete(NEW_NAME);
    var file = disk.open(NEW_NAME);
    file.write(buffer.flip(), 0);
    file.sync();
    disk.rename(NEW_NAME, NAME);
    disk.syncNames();
    return new DropLog(file, buffer.capacity());
  }

  private static Set<Mark> load(DiskFile file) throws IOException {
    var marks = new HashSet<Mark>();
    long size = file.size();
    if (size < HEAD_BYTES) {
      return marks;
    }
    var head = ByteBuffer.allocate(HEAD_BYTES);
    file.read(head, 0);
    if (head.getLong(0) != MAGIC || head.getInt(8) != 1) {
      throw new DiskException(
          NAME + " has a format that this version of the program can't read: " + head.getInt(8));
    }
    var bytes = ByteBuffer.allocate(MARK_BYTES);
    for (long at = HEAD_BYTES; file.read(bytes.clear(), at) == MARK_BYTES; at += MARK_BYTES) {
      if (bytes.getInt(MARK_BYTES - 4) != ExtentFormat.crc(bytes, 0, MARK_BYTES - 4)) {
        break;
      }
      marks.add(new Mark(bytes.getLong(0), bytes.getLong(8)));
    }
    return marks;
  }

  /** Appends a mark, which is durable once the returned sync was done. */
  GroupSync add(Mark mark) throws IOException {
    var buffer = ByteBuffer.allocate(MARK_BYTES);
    mark.put(buffer);
    file.write(buffer.flip(), end);
    end += MARK_BYTES;
    return sync;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
