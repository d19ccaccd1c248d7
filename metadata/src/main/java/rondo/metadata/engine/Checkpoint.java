package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.SortedTableMap;
import org.mapdb.volume.MappedFileVol;
import org.mapdb.volume.Volume;
import rondo.ring.register.Bytes;

/**
 * Slots on disk that never change. Thread-safe. Its files are open as long as somebody holds it,
 * and are deleted with the last holder once it has been replaced.
 */
final class Checkpoint {
  /** The mapping's grain: a page of the table never crosses it. */
  private static final int SLICE_SHIFT = 24;

  /** So many steps cost less than a search: a group of slots is in memory already. */
  private static final int SHORT_WAY = 8;

  private final CheckpointFiles files;
  private final CheckpointFiles.Sum sum;
  private final Volume volume;
  private final SortedTableMap<Bytes, Bytes> table;
  private final FileChannel values;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean replaced;

  private Checkpoint(
      CheckpointFiles files, CheckpointFiles.Sum sum, Volume volume, FileChannel values) {
    this.files = files;
    this.sum = sum;
    this.volume = volume;
    this.table = SortedTableMap.open(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE);
    this.values = values;
  }

  /**
   * Verifies and opens; who opens it holds it.
   *
   * @throws EngineException when it is damaged
   */
  static Checkpoint open(CheckpointFiles files) throws IOException {
    CheckpointFiles.Sum sum = files.verified();
    try {
      Volume volume =
          MappedFileVol.FACTORY.makeVolume(
              files.table().toString(), true, 0, SLICE_SHIFT, 0, false);
      return new Checkpoint(
          files, sum, volume, FileChannel.open(files.values(), StandardOpenOption.READ));
    } catch (DBException e) {
      throw new EngineException(files.table() + " can't be opened", e);
    }
  }

  long id() {
    return files.id();
  }

  long rows() {
    return sum.rows();
  }

  long bytes() {
    return sum.tableBytes() + sum.valuesBytes();
  }

  long tableBytes() {
    return sum.tableBytes();
  }

  /** Whether it is worth a search; almost always false when {@code key} is not here. */
  boolean mayHold(Bytes key) {
    return sum.bloom().mayHold(key);
  }

  /** The caller holds this. */
  @Nullable Slot get(Bytes key) {
    Bytes slot = table.get(key);
    return slot == null ? null : decode(slot);
  }

  /** The caller holds this until the walk is over. */
  Source source(Bytes from, @Nullable Bytes to) {
    return new Walk(from, to);
  }

  /** Holds this, unless the last holder has already gone. */
  boolean hold() {
    int now = holders.get();
    while (now > 0 && !holders.compareAndSet(now, now + 1)) {
      now = holders.get();
    }
    return now > 0;
  }

  void release() {
    if (holders.decrementAndGet() > 0) {
      return;
    }
    try {
      volume.close();
      values.close();
      if (replaced) {
        files.delete();
      }
    } catch (IOException e) {
      throw new EngineException("can't put away " + files.table() + ": " + e.getMessage(), e);
    }
  }

  /** Others took its place: it goes with its last holder. */
  void replace() {
    replaced = true;
    release();
  }

  private Slot decode(Bytes slot) {
    return switch (slot.at(0)) {
      case CheckpointFiles.REMOVED -> Slot.REMOVED;
      case CheckpointFiles.HERE -> new Slot(slot.slice(1, slot.length()), 0);
      case CheckpointFiles.APART -> new Slot(apart(ByteBuffer.wrap(slot.array()).position(1)), 0);
      default -> throw CheckpointFiles.damaged(files.table());
    };
  }

  private Bytes apart(ByteBuffer pointer) {
    long offset = pointer.getLong();
    var value = new byte[pointer.getInt()];
    var buffer = ByteBuffer.wrap(value);
    try {
      while (buffer.hasRemaining() && values.read(buffer, offset + buffer.position()) >= 0) {}
    } catch (IOException e) {
      throw new EngineException("can't read " + files.values() + ": " + e.getMessage(), e);
    }
    if (buffer.hasRemaining() || CheckpointFiles.crc(buffer.flip()) != pointer.getInt()) {
      throw new EngineException("%s is damaged at offset %d".formatted(files.values(), offset));
    }
    return Bytes.wrap(value);
  }

  private final class Walk implements Source {
    private final @Nullable Bytes to;
    private Iterator<? extends Map.Entry<Bytes, Bytes>> rest;
    private Map.@Nullable Entry<Bytes, Bytes> current;

    Walk(Bytes from, @Nullable Bytes to) {
      this.to = to;
      this.rest = rest(from);
      advance();
    }

    private Iterator<? extends Map.Entry<Bytes, Bytes>> rest(Bytes from) {
      if (to == null) {
        return table.tailMap(from, true).entrySet().iterator();
      }
      return from.compareTo(to) < 0
          ? table.subMap(from, true, to, false).entrySet().iterator()
          : Collections.emptyIterator();
    }

    @Override
    public @Nullable Bytes key() {
      return current == null ? null : current.getKey();
    }

    @Override
    public Slot slot() {
      if (current == null) {
        throw new IllegalStateException("past the end");
      }
      return decode(current.getValue());
    }

    @Override
    public void advance() {
      current = rest.hasNext() ? rest.next() : null;
    }

    @Override
    public void seek(Bytes key) {
      for (int i = 0; i < SHORT_WAY && isBefore(key); i++) {
        advance();
      }
      if (isBefore(key)) {
        rest = rest(key);
        advance();
      }
    }

    private boolean isBefore(Bytes key) {
      return current != null && current.getKey().compareTo(key) < 0;
    }
  }
}
