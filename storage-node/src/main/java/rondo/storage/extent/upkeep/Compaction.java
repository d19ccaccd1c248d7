package rondo.storage.extent.upkeep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentEntry;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;

/**
 * Frees the space of dropped chunks: rewrites the extents of a folder that are mostly dead, a few
 * chunks at a time. The copies are durable before the index names them; then the old records are
 * marked as dropped, and the file is deleted with its last live record. So a crash or an error
 * leaves each chunk whole, in one place or in both, of which the newer counts. For one thread.
 */
public final class Compaction {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_CHUNKS = 256;

  private final ExtentFolder folder;
  private final ChunkIndex index;
  private final Consumer<StorageDamage> told;
  private final RecordCopier copier;
  private @Nullable Extent current;
  private Iterator<ExtentEntry> entries = List.<ExtentEntry>of().iterator();
  private final LongAdder copiedBytes = new LongAdder();
  private final LongAdder extents = new LongAdder();

  public Compaction(
      ExtentFolder folder, ChunkIndex index, Consumer<StorageDamage> told, RecordCopier copier) {
    this.copier = copier;
    this.told = told;
    this.folder = folder;
    this.index = index;
  }

  public ExtentFolder folder() {
    return folder;
  }

  /** Returns how many bytes of records were moved so far. */
  public long copiedBytes() {
    return copiedBytes.sum();
  }

  /** Returns how many extents were rewritten so far. */
  public long extents() {
    return extents.sum();
  }

  /**
   * Does a part of the work.
   *
   * @return bytes that were read and written; 0 when there is nothing to do now
   * @throws DiskException when the disk failed or is full: chunks that were not moved stay where
   *     they are
   */
  public long step() {
    try {
      if (current == null && !begin()) {
        return 0;
      }
      long copied = batch();
      copiedBytes.add(copied);
      if (!entries.hasNext()) {
        folder.settle(rewritten());
        pause();
        extents.increment();
      }
      return Math.max(1, 2 * copied);
    } catch (IOException e) {
      throw folder.health().failed("can't rewrite an extent of " + folder.path(), e);
    } finally {
      if (folder.health().failure() != null) {
        pause();
      }
    }
  }

  private boolean begin() throws IOException {
    var found = folder.worthRewriting();
    if (found.isEmpty()) {
      return false;
    }
    var extent = found.get();
    boolean known = false;
    try {
      entries = extent.allEntries().iterator();
      current = extent;
      known = true;
      return true;
    } finally {
      extent.stuck = !known;
      if (!known) {
        extent.release();
      }
    }
  }

  private Extent rewritten() {
    return Objects.requireNonNull(current);
  }

  /** Releases the extent that was begun: what is left of it is done later, or is gone already. */
  public void pause() {
    var extent = current;
    current = null;
    entries = List.<ExtentEntry>of().iterator();
    if (extent != null) {
      ChunkReader.release(extent);
    }
  }

  private long batch() throws IOException {
    var moves = new ArrayList<ChunkMove>();
    int done = 0;
    try {
      long bytes = 0;
      while (entries.hasNext() && bytes < BATCH_BYTES && moves.size() < BATCH_CHUNKS) {
        bytes += copy(entries.next(), moves);
      }
      Set<Extent> targets = new LinkedHashSet<>();
      moves.forEach(move -> targets.add(move.copy().extent()));
      for (Extent target : targets) {
        folder.health().sync(target.sync());
      }
      while (done < moves.size()) {
        moves.get(done++).end();
      }
      return bytes;
    } finally {
      moves.subList(done, moves.size()).forEach(ChunkMove::undo);
    }
  }

  /** Copies a chunk if it is live, and returns how many bytes were written. */
  private long copy(ExtentEntry entry, List<ChunkMove> moves) throws IOException {
    var extent = current;
    if (extent == null || !extent.retain()) {
      return 0;
    }
    var place = entry.in(extent);
    if (!index.beginMove(entry.id(), place)) {
      extent.release();
      return 0;
    }
    Runnable undo = () -> index.endMove(entry.id(), place);
    try (var reader = ChunkReader.open(entry.id(), place)) {
      var move = new ChunkMove(folder, index, entry.id(), place, folder.open(reader.header()));
      undo = move::undo;
      copier.copy(reader, move.copy());
      undo = () -> {};
      moves.add(move);
      return entry.recordBytes();
    } catch (CorruptException e) {
      undo.run();
      undo = () -> {};
      if (folder.quarantine(entry.id(), place)) {
        told.accept(new StorageDamage(entry.id(), folder.path() + ": " + e.getMessage()));
      }
      return 0;
    } finally {
      undo.run();
    }
  }
}
