package rondo.storage.extent.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkPlace;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentEntry;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;

/**
 * Empties a folder that leaves its store: copies its live chunks into other folders, a few at a
 * time. The copies are durable before the old records are marked as dropped, and the marks are
 * durable before the index names the copies. So a crash leaves each chunk whole, in one folder or
 * in both, and a later drop of the copy can't bring the old record back. For one thread, except for
 * its state.
 *
 * <p>Once a mark may be on the disk, a move can only go forward: if it were undone and the mark
 * came back with a restart, neither record would be left. A leaving disk that is full or takes no
 * more writes thus keeps unmarked records: a restart finds those chunks in both folders and marks
 * them then.
 */
public final class FolderDrain {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_CHUNKS = 256;

  private final ExtentFolder folder;
  private final ChunkIndex index;
  private final Consumer<StorageDamage> told;
  private final RecordCopier copier;
  private final IntFunction<ExtentFolder> targets;
  private final LongAdder movedBytes = new LongAdder();
  private @Nullable Extent current;
  private Iterator<ExtentEntry> entries = List.<ExtentEntry>of().iterator();
  private long handledBytes;
  private boolean full;
  private volatile boolean waiting;

  /**
   * @param targets returns the folder for a record of so many bytes; throws {@link
   *     DiskFullException} when none has room
   */
  public FolderDrain(
      ExtentFolder folder,
      ChunkIndex index,
      Consumer<StorageDamage> told,
      RecordCopier copier,
      IntFunction<ExtentFolder> targets) {
    this.folder = folder;
    this.index = index;
    this.told = told;
    this.copier = copier;
    this.targets = targets;
  }

  /** Returns how many bytes of records were moved since the start. */
  public long movedBytes() {
    return movedBytes.sum();
  }

  /** Whether the other folders have no room for what is left. */
  public boolean isWaiting() {
    return waiting;
  }

  /**
   * Moves some chunks.
   *
   * @return bytes that were read and written; 0 when there is nothing to do now, or no room
   * @throws DiskException when another folder failed: chunks that were not moved stay where they
   *     are
   */
  public long step() {
    boolean goesOn = false;
    try {
      var extent = current == null ? begin() : current;
      full = false;
      long bytes = extent == null ? 0 : batch(extent);
      waiting = full;
      handledBytes += bytes;
      boolean fruitless = !entries.hasNext() && handledBytes == 0;
      goesOn = entries.hasNext() && !full;
      return full || extent == null || fruitless ? 0 : Math.max(1, 2 * bytes);
    } finally {
      if (!goesOn) {
        pause();
      }
    }
  }

  /** Begins an extent; null when no undamaged chunk is left, or the extent can't be read. */
  private @Nullable Extent begin() {
    handledBytes = 0;
    var extent = folder.worthEmptying().orElse(null);
    current = extent;
    if (extent != null) {
      try {
        var known = extent.knownEntries();
        entries = (known == null ? extent.allEntries() : known).iterator();
      } catch (IOException e) {
        extent.stuck = true;
        told.accept(
            new StorageDamage(
                null, folder.path() + ": " + extent.fileName() + " can't be read: " + e));
      }
    }
    return extent;
  }

  /** Releases the extent that was begun: the next step begins anew with what is left. */
  public void pause() {
    var extent = current;
    current = null;
    entries = List.<ExtentEntry>of().iterator();
    if (extent != null) {
      ChunkReader.release(extent);
    }
  }

  private long batch(Extent extent) {
    var moves = new ArrayList<FolderMove>();
    boolean durable = false;
    try {
      long bytes = copySome(extent, moves);
      var targeted = new LinkedHashSet<Extent>();
      moves.forEach(move -> targeted.add(move.copy().extent()));
      targeted.forEach(target -> target.folder().health().await(target.sync()));
      durable = true;
      List<ChunkPlace> old = moves.stream().map(FolderMove::from).toList();
      FolderMove.markDropped(folder, old);
      moves.forEach(FolderMove::end);
      old.forEach(this::forget);
      return bytes;
    } finally {
      if (!durable) {
        moves.forEach(FolderMove::undo);
      }
    }
  }

  /** Forgets a record that is elsewhere now; deletes its extent when that was the last one. */
  private void forget(ChunkPlace old) {
    movedBytes.add(old.recordBytes());
    var extent = old.extent();
    int left = folder.changing(() -> extent.remove(old));
    if (left == 0 && folder.health().failure() == null) {
      try {
        folder.settle(extent);
      } catch (DiskException e) {
        // The folder reports it; the next extent's turn tries again.
      }
    }
  }

  /** Copies chunks until a batch is full or there is no room; returns how many bytes were read. */
  private long copySome(Extent extent, List<FolderMove> moves) {
    long bytes = 0;
    try {
      while (entries.hasNext() && bytes < BATCH_BYTES && moves.size() < BATCH_CHUNKS) {
        bytes += copy(extent, entries.next(), moves);
      }
    } catch (DiskFullException e) {
      full = true;
    }
    return bytes;
  }

  /** Copies a chunk if it is live, and returns how many bytes were read. */
  private long copy(Extent extent, ExtentEntry entry, List<FolderMove> moves) {
    if (!extent.retain()) {
      return 0;
    }
    var place = entry.in(extent);
    if (!index.beginMove(entry.id(), place)) {
      ChunkReader.release(extent);
      return 0;
    }
    Runnable undo = () -> index.endMove(entry.id(), place);
    try (var reader = ChunkReader.open(entry.id(), place)) {
      var copy = targets.apply(entry.recordBytes()).open(reader.header());
      var move = new FolderMove(index, entry.id(), place, copy);
      undo = move::undo;
      copier.copy(reader, copy);
      undo = () -> {};
      moves.add(move);
    } catch (CorruptException e) {
      undo.run();
      undo = () -> {};
      damaged(entry, place, e);
    } finally {
      undo.run();
    }
    return entry.recordBytes();
  }

  private void damaged(ExtentEntry entry, ChunkPlace place, CorruptException e) {
    boolean found = true;
    try {
      found = folder.quarantine(entry.id(), place);
    } catch (DiskException failed) {
      // The folder reports it; the index has noted the damage.
    }
    if (found) {
      told.accept(new StorageDamage(entry.id(), folder.path() + ": " + e.getMessage()));
    }
  }
}
