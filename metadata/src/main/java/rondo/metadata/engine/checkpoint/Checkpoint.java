package rondo.metadata.engine.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.OpenResources;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.BlockFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.DamagedCheckpoints;
import rondo.metadata.engine.table.PageIndex;
import rondo.metadata.engine.table.SortedTable;
import rondo.metadata.engine.table.TableGroups;
import rondo.metadata.engine.table.TableRows;
import rondo.ring.value.Bytes;

/**
 * Immutable slots on disk, between a least and a greatest key: a sorted string table.
 * Reference-counted: its files stay open while a holder is left; once it has been replaced, the
 * last holder's release deletes them. Thread-safe.
 */
public final class Checkpoint {
  private final CheckpointFiles files;
  private final CheckpointSum sum;
  private final CheckpointParts parts;
  private final SortedTable table;
  private final KeyFilter filter;
  private final DamagedCheckpoints damaged;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean replaced;
  private volatile boolean aside;

  private Checkpoint(
      CheckpointFiles files, CheckpointSum sum, CheckpointParts parts, DamagedCheckpoints damaged) {
    this.files = files;
    this.sum = sum;
    this.parts = parts;
    this.damaged = damaged;
    BlockFile index = parts.index();
    this.table =
        new SortedTable(
            parts.table(),
            sum.pageBytes(),
            index == null ? null : new PageIndex(index),
            () -> damaged.found(files.id()));
    this.filter = new KeyFilter(parts.filter());
  }

  /**
   * Opens a checkpoint; the caller holds it.
   *
   * @throws DamageException when the file of its checksums is damaged or missing
   */
  public static Checkpoint open(CheckpointFiles files, BlockCache cache) throws IOException {
    return open(files, CheckpointSum.read(files), cache);
  }

  /**
   * Opens the same files once more, with another cache and new file handles; the caller holds the
   * result.
   */
  public Checkpoint again(BlockCache cache) throws IOException {
    return open(files, sum, cache);
  }

  private static Checkpoint open(CheckpointFiles files, CheckpointSum sum, BlockCache cache)
      throws IOException {
    try (var opening = new OpenResources()) {
      var parts = opening.add(CheckpointParts.open(files, sum, cache));
      if (!parts.isComplete(sum)) {
        cache.damaged().found(files.id());
      }
      opening.done();
      return new Checkpoint(files, sum, parts, cache.damaged());
    }
  }

  public CheckpointFiles files() {
    return files;
  }

  public CheckpointSum sum() {
    return sum;
  }

  public long id() {
    return files.id();
  }

  /** Returns how many bytes the files have. */
  public long bytes() {
    return sum.bytes();
  }

  boolean spans(Bytes key) {
    return key.compareTo(sum.first()) >= 0 && key.compareTo(sum.last()) <= 0;
  }

  /** Returns the slot of {@code key}; null when there is none. The caller holds this. */
  @Nullable
  public Slot get(Bytes key) {
    return noting(() -> {
      ByteBuffer slot = mayHold(key) ? table.get(key) : null;
      return slot == null ? null : decode(slot);
    });
  }

  /** A damaged filter counts as one that may hold every key. */
  private boolean mayHold(Bytes key) {
    try {
      return filter.mayHold(key);
    } catch (DamageException _) {
      damaged.found(id());
      return true;
    }
  }

  /** Runs a read, and notes damage that it meets. */
  <T extends @Nullable Object> T noting(Supplier<T> read) {
    try {
      return read.get();
    } catch (DamageException e) {
      damaged.found(id());
      throw e;
    }
  }

  /** Returns a walk over all groups of rows that can be read, without a search. */
  public TableGroups groups() {
    return new TableGroups(table);
  }

  /**
   * Walks through the slots from {@code from} (inclusive) to {@code to} (exclusive; null for the
   * end). The caller holds this until the walk is over.
   */
  public SlotSource source(Bytes from, @Nullable Bytes to) {
    return new CheckpointWalk(this, from, to);
  }

  /** Returns the table's rows from {@code from} on. The caller holds this. */
  TableRows rows(Bytes from) {
    return noting(() -> new TableRows(table, from));
  }

  /** Counts one more holder; the caller must know of another one. */
  public void hold() {
    if (holders.getAndIncrement() == 0) {
      throw new IllegalStateException("nobody holds " + files.table());
    }
  }

  /**
   * Counts one holder less; the last one closes the files, and deletes them if this was replaced.
   */
  public void release() {
    if (holders.decrementAndGet() > 0) {
      return;
    }
    try {
      parts.close();
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

  /** Notes that other checkpoints took its place: the last holder deletes the files. */
  public void replace() {
    replaced = true;
  }

  /**
   * Notes that its readable rows are in other checkpoints and the rest is lost: the last holder
   * sets the files aside.
   */
  public void setAside() {
    aside = true;
  }

  /** Decodes the slot that stands beside a key in the table. */
  public Slot decode(ByteBuffer slot) {
    ByteBuffer bytes = slot.duplicate();
    return switch (bytes.get()) {
      case CheckpointFiles.REMOVED -> Slot.REMOVED;
      case CheckpointFiles.HERE -> new Slot(rest(bytes), 0);
      case CheckpointFiles.APART -> new Slot(parts.values().read(bytes), 0);
      default -> throw CheckpointFiles.damaged(table.name());
    };
  }

  private static Bytes rest(ByteBuffer bytes) {
    var rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return Bytes.wrap(rest);
  }
}
