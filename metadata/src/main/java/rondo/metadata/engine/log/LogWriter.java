package rondo.metadata.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.EngineCounters;
import rondo.ring.value.Bytes;

/** Appends frames to the newest segment. For one thread. */
public final class LogWriter implements AutoCloseable {
  /** A write on its way to the disk. */
  public record Pending(long segment, long sequence, Bytes record) {}

  private static final int BUFFER_BYTES = 1 << 20;

  private final Disk disk;
  private final LogSegments segments;
  private final Durability durability;
  private final EngineCounters counters;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable DiskFile file;
  private long segment;
  private long offset;
  private long nextSequence;
  private boolean synced;

  public LogWriter(LogSegments segments, Durability durability, EngineCounters counters) {
    this.disk = segments.disk();
    this.segments = segments;
    this.durability = durability;
    this.counters = counters;
  }

  /** Writes and syncs {@code batch}. Before a new segment begins, the one before it is synced. */
  void write(List<Pending> batch) throws IOException {
    int from = 0;
    while (from < batch.size()) {
      int to = from;
      while (to < batch.size() && batch.get(to).segment() == batch.get(from).segment()) {
        to++;
      }
      List<Pending> together = batch.subList(from, to);
      DiskFile segmentFile = fileOf(together.getFirst());
      nextSequence = together.getFirst().sequence();
      frame(segmentFile, together);
      nextSequence = together.getLast().sequence() + 1;
      from = to;
    }
  }

  /**
   * Appends an empty frame that says that everything before it is durable. Without it a damaged
   * last frame couldn't be told from a torn one, which was never acknowledged.
   */
  void end() throws IOException {
    DiskFile last = file;
    if (last != null) {
      last.sync();
      synced = true;
      frame(last, List.of());
    }
  }

  private DiskFile fileOf(Pending first) throws IOException {
    DiskFile old = file;
    if (old != null && segment == first.segment()) {
      return old;
    }
    close();
    DiskFile made = disk.create(LogFormat.file(first.segment()));
    file = made;
    segment = first.segment();
    offset = 0;
    append(made, LogFormat.head(segment, first.sequence()));
    made.sync();
    disk.syncNames();
    synced = true;
    return made;
  }

  private void frame(DiskFile to, List<Pending> writes) throws IOException {
    int length = LogFormat.FRAME_HEAD_BYTES;
    for (Pending write : writes) {
      length = Math.addExact(length, write.record().length());
    }
    ByteBuffer frame = room(length);
    frame.position(LogFormat.FRAME_HEAD_BYTES);
    for (Pending write : writes) {
      frame.put(write.record().array());
    }
    frame.flip();
    LogFormat.seal(frame, segment, offset, nextSequence, synced ? LogFormat.SYNCED_BEFORE : 0);
    append(to, frame);
    if (durability == Durability.FSYNC) {
      to.sync();
      counters.syncs().increment();
    } else {
      synced = false;
    }
    segments.wrote(segment, offset);
  }

  private ByteBuffer room(int length) {
    if (length > buffer.capacity()) {
      // The larger buffer is kept: after one large write others are likely.
      buffer = ByteBuffer.allocateDirect(length);
    }
    return buffer.clear().limit(length);
  }

  private void append(DiskFile to, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    to.write(bytes, offset);
    offset += length;
    counters.logBytes().add(length);
  }

  @Override
  public void close() throws IOException {
    DiskFile old = file;
    if (old != null) {
      file = null;
      old.sync();
      old.close();
    }
  }
}
