package rondo.metadata.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.WholeFile;
import rondo.metadata.engine.block.CheckpointFiles;

/**
 * Replays a log after a restart. A frame at the end of the last segment that isn't whole was never
 * acknowledged, and is cut off. Damage anywhere else may have taken acknowledged writes: the frames
 * that can be read are replayed, and the segment is noted as lost, since the keys of the other
 * frames are unknown.
 *
 * <p>An error of the disk is not damage: it may be gone at the next start, whereas a note of a loss
 * stays. Only an operator knows whether the disk comes back, and says that it doesn't by setting
 * the file aside.
 */
public final class LogReplay {
  private final Disk disk;
  private final Memtable into;
  private final LogSegments segments;
  private long lastSequence;

  /**
   * @param segments takes note of all segments that are replayed, and which of them are damaged;
   *     damaged files stay as they are
   * @param into the memtable that the writes are replayed into
   */
  public LogReplay(LogSegments segments, Memtable into) {
    this.disk = segments.disk();
    this.segments = segments;
    this.into = into;
  }

  /** Returns the sequence number of the last write that was found; 0 when there was none. */
  public long lastSequence() {
    return lastSequence;
  }

  /**
   * Replays one segment, and makes everything found in it durable, since other nodes may be told of
   * it.
   *
   * @param first whether no segment precedes it. A first segment without a head is damaged: it held
   *     something when it became the first.
   * @param last whether no segment follows it
   * @return false when the process died while it created the segment, which is deleted
   */
  public boolean segment(long segment, boolean first, boolean last) throws IOException {
    String name = LogFormat.file(segment);
    try (DiskFile file = disk.open(name)) {
      ByteBuffer bytes = read(file, name);
      if (LogFormat.isNewer(bytes)) {
        throw new EngineException(
            "%s/%s was written by a newer version of Rondo: start that version"
                .formatted(disk.path(), name));
      }
      boolean head = LogFormat.hasHead(bytes, segment);
      if (head || first || !last || bytes.limit() > LogFormat.HEAD_BYTES) {
        if (!head) {
          segments.lost(segment);
        }
        replay(file, bytes, segment, last);
        return true;
      }
    }
    disk.delete(name); // the process died while it made the segment
    return false;
  }

  private ByteBuffer read(DiskFile file, String name) {
    try {
      return WholeFile.read(file);
    } catch (IOException e) {
      throw new EngineException(
          "%s/%s can't be read (%s): start again when it can; if it never can, rename it to %s%s, so that others refill what it held"
              .formatted(disk.path(), name, e.getMessage(), name, CheckpointFiles.ASIDE),
          e);
    }
  }

  private void replay(DiskFile file, ByteBuffer bytes, long segment, boolean last)
      throws IOException {
    int end = frames(bytes, segment, last);
    if (end < bytes.limit()) {
      file.truncate(end);
    }
    file.sync();
    segments.wrote(segment, end);
  }

  /** Replays the frames, and returns the offset at which the segment ends or is to be cut. */
  private int frames(ByteBuffer bytes, long segment, boolean last) {
    int offset = LogFormat.HEAD_BYTES;
    while (offset < bytes.limit()) {
      LogFormat.Frame frame = LogFormat.frame(bytes, offset, segment);
      if (frame != null) {
        replay(frame, segment);
        offset = frame.end();
      } else if (last && !acknowledgedAfter(bytes, offset, segment)) {
        return offset;
      } else {
        segments.lost(segment);
        offset = nextFrame(bytes, offset + 1, segment);
      }
    }
    return offset;
  }

  private void replay(LogFormat.Frame frame, long segment) {
    if (lastSequence != 0 && frame.firstSequence() != lastSequence + 1) {
      segments.lost(segment); // or the segment before it
    }
    if (frame.firstSequence() > lastSequence) {
      lastSequence = frame.firstSequence() - 1;
      records(frame);
    }
  }

  private void records(LogFormat.Frame frame) {
    ByteBuffer records = frame.records();
    while (records.hasRemaining()) {
      int start = records.position();
      List<Engine.Change> changes = LogFormat.changes(records);
      lastSequence++;
      into.put(changes, lastSequence, records.position() - start);
    }
  }

  /** Whether the bad frame was acknowledged: a later frame says that it had been synced. */
  private static boolean acknowledgedAfter(ByteBuffer bytes, int bad, long segment) {
    int offset = nextFrame(bytes, bad + 1, segment);
    while (offset < bytes.limit()) {
      LogFormat.Frame frame = LogFormat.frame(bytes, offset, segment);
      if (frame != null && frame.syncedBefore()) {
        return true;
      }
      offset = nextFrame(bytes, frame == null ? offset + 1 : frame.end(), segment);
    }
    return false;
  }

  /**
   * Returns the offset of the first whole frame at {@code from} or behind it; the end when there is
   * none.
   */
  private static int nextFrame(ByteBuffer bytes, int from, long segment) {
    for (int offset = from; offset + LogFormat.FRAME_HEAD_BYTES <= bytes.limit(); offset++) {
      if (bytes.getInt(offset) == LogFormat.FRAME_MAGIC
          && LogFormat.frame(bytes, offset, segment) != null) {
        return offset;
      }
    }
    return bytes.limit();
  }
}
