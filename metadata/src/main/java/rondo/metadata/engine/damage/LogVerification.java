package rondo.metadata.engine.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.log.LogFormat;
import rondo.metadata.engine.log.LogSegments;

/** Reads the segments of the log again, as far as they were written. For one thread. */
public final class LogVerification {
  private final LogSegments segments;
  private final Verification into;

  public LogVerification(LogSegments segments, Verification into) {
    this.segments = segments;
    this.into = into;
  }

  /** Whether every segment is whole. */
  public boolean all() {
    boolean whole = true;
    for (var one : segments.written().entrySet()) {
      whole &= segment(one.getKey(), one.getValue());
    }
    return whole;
  }

  private boolean segment(long segment, long end) {
    String trouble = "";
    try (DiskFile file = segments.disk().open(LogFormat.file(segment))) {
      trouble = read(file, segment, end);
    } catch (IOException e) {
      trouble = "can't be read: " + e.getMessage();
    }
    // The segment may have been dropped meanwhile.
    if (trouble.isEmpty() || !segments.isThere(segment)) {
      return true;
    }
    segments.rotten(segment);
    String name = segments.disk().path() + "/" + LogFormat.file(segment);
    into.found(name + " " + trouble + "; what it held is in memory, and is written anew");
    return false;
  }

  private String read(DiskFile file, long segment, long end) throws IOException {
    ByteBuffer head = read(file, 0, LogFormat.HEAD_BYTES);
    if (!LogFormat.hasHead(head, segment)) {
      return "is damaged at its head";
    }
    long offset = LogFormat.HEAD_BYTES;
    while (offset < end) {
      long length = LogFormat.frameBytes(read(file, offset, LogFormat.FRAME_HEAD_BYTES));
      if (length == 0 || length > end - offset) {
        return "is damaged at offset " + offset;
      }
      if (!into.spend(length)) {
        return "";
      }
      if (!LogFormat.isWhole(read(file, offset, (int) length), segment, offset)) {
        return "is damaged at offset " + offset;
      }
      offset += length;
    }
    return "";
  }

  private static ByteBuffer read(DiskFile file, long offset, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    if (file.read(bytes, offset) < length) {
      throw new IOException("it is too short");
    }
    return bytes.rewind();
  }
}
