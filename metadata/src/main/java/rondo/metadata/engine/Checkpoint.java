package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.SortedTableMap;
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
  private final LargeValues values;
  private final Damaged damaged;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean replaced;
  private volatile boolean aside;
  private volatile @Nullable SortedTableMap<Bytes, Bytes> table;

  private Checkpoint(
      CheckpointFiles files,
      CheckpointSum sum,
      Blocks tableBlocks,
      Blocks filterBlocks,
      LargeValues values,
      Damaged damaged) {
    this.damaged = damaged;
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
   * @throws DamageException when nothing can be known of it
   */
  static Checkpoint open(CheckpointFiles files, BlockCache cache) throws IOException {
    return open(files, CheckpointSum.read(files), cache);
  }

  /** Open once more, past what is in memory and what may be wrong with open files. */
  Checkpoint again(BlockCache cache) throws IOException {
    return open(files, sum, cache);
  }

  private static Checkpoint open(CheckpointFiles files, CheckpointSum sum, BlockCache cache)
      throws IOException {
    try (var opening = new Opening()) {
      Blocks table = opening.add(Blocks.open(files.disk(), files.table(), sum.table(), cache));
      Blocks filter = opening.add(Blocks.open(files.disk(), files.filter(), sum.filter(), cache));
      LargeValues values = opening.add(LargeValues.open(files));
      boolean complete = values.bytes() == sum.values().bytes();
      if (!complete || !table.isComplete() || !filter.isComplete()) {
        cache.damaged().found(files.id());
      }
      opening.done();
      return new Checkpoint(files, sum, table, filter, values, cache.damaged());
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
        throw new DamageException(tableBlocks.name() + " can't be opened", e);
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
    return noting(() -> {
      Bytes slot = mayHold(key) ? table().get(key) : null;
      return slot == null ? null : decode(slot);
    });
  }

  /** A filter that is damaged keeps nobody from the table. */
  private boolean mayHold(Bytes key) {
    try {
      return filter.mayHold(key);
    } catch (DamageException _) {
      damaged.found(id());
      return true;
    }
  }

  /** Runs a read; damage that it meets is noted. */
  private <T extends @Nullable Object> T noting(Supplier<T> read) {
    try {
      return read.get();
    } catch (DamageException e) {
      damaged.found(id());
      throw e;
    }
  }

  /** All that can be read, past searches. */
  TableGroups groups() {
    return new TableGroups(new TableReader(tableBlocks, sum.pageBytes()), sum.pageBytes());
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
      if (aside) {
        files.setAside();
      } else if (replaced) {
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

  /** What can be read of it was written anew, the rest is lost. */
  void setAside() {
    aside = true;
  }

  Slot decode(Bytes slot) {
    return switch (slot.at(0)) {
      case CheckpointFiles.REMOVED -> Slot.REMOVED;
      case CheckpointFiles.HERE -> new Slot(slot.slice(1, slot.length()), 0);
      case CheckpointFiles.APART ->
          new Slot(values.read(ByteBuffer.wrap(slot.array()).position(1)), 0);
      default -> throw CheckpointFiles.damaged(tableBlocks.name());
    };
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
      Iterator<? extends Map.Entry<Bytes, Bytes>> opened = noting(() -> rest(from));
      rest = opened;
      current = next(opened);
    }

    private Map.@Nullable Entry<Bytes, Bytes> next(
        Iterator<? extends Map.Entry<Bytes, Bytes>> from) {
      return Checkpoint.this.<Map.@Nullable Entry<Bytes, Bytes>>noting(
          () -> from.hasNext() ? from.next() : null);
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
      Bytes value = current.getValue();
      return noting(() -> decode(value));
    }

    private Iterator<? extends Map.Entry<Bytes, Bytes>> opened() {
      if (rest == null) {
        open(sum.first());
      }
      return Objects.requireNonNull(rest);
    }

    @Override
    public void advance() {
      current = next(opened());
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
