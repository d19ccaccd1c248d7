package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/** Appends frames to the newest segment. For one thread. */
final class LogWriter implements AutoCloseable {
  /** A write on its way to the disk. */
  record Pending(long segment, long sequence, Bytes record) {}

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final Durability durability;
  private final EngineCounters counters;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable FileChannel channel;
  private long segment;
  private long offset;
  private boolean synced;

  LogWriter(Path folder, Durability durability, EngineCounters counters) {
    this.folder = folder;
    this.durability = durability;
    this.counters = counters;
  }

  /** Writes and syncs {@code batch}; what precedes a new segment is synced before it begins. */
  void write(List<Pending> batch) throws IOException {
    int from = 0;
    while (from < batch.size()) {
      int to = from;
      while (to < batch.size() && batch.get(to).segment() == batch.get(from).segment()) {
        to++;
      }
      List<Pending> together = batch.subList(from, to);
      frame(channelOf(together.getFirst()), together);
      from = to;
    }
  }

  private FileChannel channelOf(Pending first) throws IOException {
    if (channel != null && segment == first.segment()) {
      return channel;
    }
    close();
    channel =
        FileChannel.open(
            LogFormat.file(folder, first.segment()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    segment = first.segment();
    offset = 0;
    append(channel, LogFormat.head(segment, first.sequence()));
    channel.force(true);
    Folders.sync(folder);
    synced = true;
    return channel;
  }

  private void frame(FileChannel to, List<Pending> writes) throws IOException {
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
    LogFormat.seal(
        frame, segment, offset, writes.getFirst().sequence(), synced ? LogFormat.SYNCED_BEFORE : 0);
    append(to, frame);
    if (durability == Durability.FSYNC) {
      to.force(false);
      counters.syncs().increment();
    } else {
      synced = false;
    }
  }

  private ByteBuffer room(int length) {
    if (length > buffer.capacity()) {
      // A rare large write: the next batches are as likely to be large, so the room is kept.
      buffer = ByteBuffer.allocateDirect(length);
    }
    return buffer.clear().limit(length);
  }

  private void append(FileChannel to, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    offset += length;
    counters.logBytes().add(length);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.force(true);
      channel.close();
      channel = null;
    }
  }
}
