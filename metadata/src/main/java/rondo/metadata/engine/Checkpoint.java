package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.SortedTableMap;
import rondo.metadata.disk.DiskFile;
import rondo.ring.register.Bytes;

/**
 * Slots on disk that never change, between a least and a greatest key. Thread-safe. Its files are
 * open as long as somebody holds it, and are deleted with the last holder once it has been
 * replaced.
 */
final class Checkpoint {
  /** So many steps cost less than a search: a group of slots is in memory already. */
  private static final int SHORT_WAY = 8;

  private final CheckpointFiles files;
  private final CheckpointSum sum;
  private final Blocks tableBlocks;
  private final Blocks filterBlocks;
  private final Filter filter;
  private final DiskFile values;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean replaced;
  private volatile @Nullable SortedTableMap<Bytes, Bytes> table;

  private Checkpoint(
      CheckpointFiles files,
      CheckpointSum sum,
      Blocks tableBlocks,
      Blocks filterBlocks,
      DiskFile values) {
    this.files = files;
    this.sum = sum;
    this.tableBlocks = tableBlocks;
    this.filterBlocks = filterBlocks;
    this.filter = new Filter(filterBlocks);
    this.values = values;
  }

  /**
   * Opens it; who opens it holds it.
   *
   * @throws EngineException when it is found to be damaged
   */
  static Checkpoint open(CheckpointFiles files, BlockCache cache) throws IOException {
    CheckpointSum sum = CheckpointSum.read(files);
    try (var opening = new Opening()) {
      Blocks table = opening.add(Blocks.open(files.disk(), files.table(), sum.table(), cache));
      Blocks filter = opening.add(Blocks.open(files.disk(), files.filter(), sum.filter(), cache));
      DiskFile values = opening.add(files.disk().open(files.values()));
      if (values.size() != sum.values().bytes()) {
        throw CheckpointFiles.damaged(files.path(files.values()));
      }
      var checkpoint = new Checkpoint(files, sum, table, filter, values);
      opening.done();
      return checkpoint;
    }
  }

  /** Opened when it is asked for: what is damaged keeps only its own rows from being read. */
  private SortedTableMap<Bytes, Bytes> table() {
    SortedTableMap<Bytes, Bytes> opened = table;
    if (opened == null) {
      try {
        var volume = new TableReader(tableBlocks, sum.pageBytes());
        opened = SortedTableMap.open(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE);
      } catch (DBException e) {
        throw new EngineException(tableBlocks.name() + " can't be opened", e);
      }
      table = opened;
    }
    return opened;
  }

  CheckpointFiles files() {
    return files;
  }

  CheckpointSum sum() {
    return sum;
  }

  long id() {
    return files.id();
  }

  long bytes() {
    return sum.bytes();
  }

  boolean spans(Bytes key) {
    return key.compareTo(sum.first()) >= 0 && key.compareTo(sum.last()) <= 0;
  }

  /** The caller holds this. */
  @Nullable Slot get(Bytes key) {
    if (!filter.mayHold(key)) {
      return null;
    }
    Bytes slot = table().get(key);
    return slot == null ? null : decode(slot);
  }

  /** The caller holds this until the walk is over. */
  Source source(Bytes from, @Nullable Bytes to) {
    return new Walk(from, to);
  }

  void hold() {
    if (holders.getAndIncrement() == 0) {
      throw new IllegalStateException("nobody holds " + files.table());
    }
  }

  void release() {
    if (holders.decrementAndGet() > 0) {
      return;
    }
    try {
      tableBlocks.close();
      filterBlocks.close();
      values.close();
      if (replaced) {
        files.delete();
      }
    } catch (IOException e) {
      throw new EngineException(
          "can't put away " + files.path(files.table()) + ": " + e.getMessage(), e);
    }
  }

  /** Others took its place: its files go with its last holder. */
  void replace() {
    replaced = true;
  }

  private Slot decode(Bytes slot) {
    return switch (slot.at(0)) {
      case CheckpointFiles.REMOVED -> Slot.REMOVED;
      case CheckpointFiles.HERE -> new Slot(slot.slice(1, slot.length()), 0);
      case CheckpointFiles.APART -> new Slot(apart(ByteBuffer.wrap(slot.array()).position(1)), 0);
      default -> throw CheckpointFiles.damaged(tableBlocks.name());
    };
  }

  private Bytes apart(ByteBuffer pointer) {
    long offset = pointer.getLong();
    var value = new byte[pointer.getInt()];
    try {
      values.read(ByteBuffer.wrap(value), offset);
    } catch (IOException e) {
      throw new EngineException(
          "can't read " + files.path(files.values()) + ": " + e.getMessage(), e);
    }
    if (CheckpointFiles.crc(ByteBuffer.wrap(value)) != pointer.getInt()) {
      throw new EngineException(
          "%s is damaged at offset %d".formatted(files.path(files.values()), offset));
    }
    return Bytes.wrap(value);
  }

  /** The file is touched when it has to be: at its first row nothing has been read yet. */
  private final class Walk implements Source {
    private final @Nullable Bytes to;
    private @Nullable Iterator<? extends Map.Entry<Bytes, Bytes>> rest;
    private Map.@Nullable Entry<Bytes, Bytes> current;

    Walk(Bytes from, @Nullable Bytes to) {
      this.to = to;
      if (from.compareTo(sum.first()) > 0 || (to != null && to.compareTo(sum.first()) <= 0)) {
        open(from);
      }
    }

    private void open(Bytes from) {
      Iterator<? extends Map.Entry<Bytes, Bytes>> opened = rest(from);
      rest = opened;
      current = opened.hasNext() ? opened.next() : null;
    }

    private Iterator<? extends Map.Entry<Bytes, Bytes>> rest(Bytes from) {
      if (to == null) {
        return table().tailMap(from, true).entrySet().iterator();
      }
      return from.compareTo(to) < 0
          ? table().subMap(from, true, to, false).entrySet().iterator()
          : Collections.emptyIterator();
    }

    @Override
    public @Nullable Bytes key() {
      if (rest == null) {
        return sum.first();
      }
      return current == null ? null : current.getKey();
    }

    @Override
    public Slot slot() {
      opened();
      if (current == null) {
        throw new IllegalStateException("past the end");
      }
      return decode(current.getValue());
    }

    private Iterator<? extends Map.Entry<Bytes, Bytes>> opened() {
      if (rest == null) {
        open(sum.first());
      }
      return Objects.requireNonNull(rest);
    }

    @Override
    public void advance() {
      Iterator<? extends Map.Entry<Bytes, Bytes>> now = opened();
      current = now.hasNext() ? now.next() : null;
    }

    @Override
    public void seek(Bytes key) {
      if (rest == null) {
        if (key.compareTo(sum.first()) > 0) {
          open(key);
        }
        return;
      }
      for (int i = 0; i < SHORT_WAY && isBefore(key); i++) {
        advance();
      }
      if (isBefore(key)) {
        open(key);
      }
    }

    private boolean isBefore(Bytes key) {
      return current != null && current.getKey().compareTo(key) < 0;
    }
  }
}
