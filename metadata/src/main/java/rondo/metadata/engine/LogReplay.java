package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;

/**
 * Reads a log again after a restart. What the last segment ends with and is not whole was never
 * acknowledged, and is cut off; anything else that is not as it was written is an error.
 */
final class LogReplay {
  private final Disk disk;
  private final Memtable into;
  private long lastSequence;

  LogReplay(Disk disk, Memtable into) {
    this.disk = disk;
    this.into = into;
  }

  /** The last write that was found, 0 when there was none. */
  long lastSequence() {
    return lastSequence;
  }

  /**
   * Replays one segment; {@code last} when there is none after it. Afterwards all that was found is
   * on stable storage, for others may be told of it. False when it was not even begun, and is gone.
   *
   * @throws EngineException when it is damaged
   */
  boolean segment(long segment, boolean last) throws IOException {
    String name = LogFormat.file(segment);
    try (DiskFile file = disk.open(name)) {
      if (segment(file, disk.path() + "/" + name, segment, last)) {
        return true;
      }
    }
    disk.delete(name); // the process died while it made the segment
    return false;
  }

  private boolean segment(DiskFile file, String name, long segment, boolean last)
      throws IOException {
    ByteBuffer bytes = WholeFile.read(file);
    if (LogFormat.version(bytes) > LogFormat.VERSION) {
      throw new EngineException(
          name + " was written by a newer version of Rondo: start that version");
    }
    if (!LogFormat.hasHead(bytes, segment)) {
      if (last && bytes.limit() <= LogFormat.HEAD_BYTES) {
        return false;
      }
      throw damaged(name, 0);
    }
    file.truncate(frames(name, bytes, segment, last));
    file.sync();
    return true;
  }

  private int frames(String file, ByteBuffer bytes, long segment, boolean last) {
    int offset = LogFormat.HEAD_BYTES;
    while (offset < bytes.limit()) {
      LogFormat.Frame frame = LogFormat.frame(bytes, offset, segment);
      if (frame == null) {
        if (!last || acknowledgedAfter(bytes, offset, segment)) {
          throw damaged(file, offset);
        }
        return offset;
      }
      if (lastSequence != 0 && frame.firstSequence() != lastSequence + 1) {
        throw damaged(file, offset);
      }
      records(frame);
      offset = frame.end();
    }
    return offset;
  }

  private void records(LogFormat.Frame frame) {
    ByteBuffer records = frame.records();
    long sequence = frame.firstSequence();
    while (records.hasRemaining()) {
      int start = records.position();
      List<Engine.Change> changes = LogFormat.changes(records);
      into.put(changes, sequence, records.position() - start);
      lastSequence = sequence;
      sequence++;
    }
  }

  /** Whether a frame follows that was written when the bad one had been synced. */
  private static boolean acknowledgedAfter(ByteBuffer bytes, int bad, long segment) {
    for (int offset = bad + 1; offset + LogFormat.FRAME_HEAD_BYTES <= bytes.limit(); offset++) {
      if (bytes.getInt(offset) == LogFormat.FRAME_MAGIC) {
        LogFormat.Frame frame = LogFormat.frame(bytes, offset, segment);
        if (frame != null && frame.syncedBefore()) {
          return true;
        }
      }
    }
    return false;
  }

  private static EngineException damaged(String file, long offset) {
    return new EngineException(
        "%s is damaged at offset %d, where acknowledged writes were: restore this folder, or empty it and let the node be refilled by the others"
            .formatted(file, offset));
  }
}
