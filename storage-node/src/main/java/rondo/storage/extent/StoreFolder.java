package rondo.storage.extent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskCounts;
import rondo.metadata.disk.MeasuredDisk;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.extent.file.ExtentRecovery;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.extent.upkeep.Compaction;
import rondo.storage.extent.upkeep.Scrub;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskSource;

/**
 * A folder of a store: open, or to be opened when its trouble is over. Thread-safe; one thread at a
 * time opens it.
 */
final class StoreFolder {
  /**
   * The parameters that all folders of a store share. The lock makes them open one after the other.
   */
  record Shared(
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      ChunkIndex index,
      Consumer<StorageDamage> told,
      boolean byRecords,
      ReentrantLock opening) {}

  /** An open folder with its compaction and its scrub. */
  record Open(ExtentFolder folder, Compaction compaction, Scrub scrub) {}

  private final DiskSource source;
  private final Shared shared;
  private final DiskCounts counts = new DiskCounts();
  private volatile @Nullable Open open;
  private volatile String hindrance = "";
  private boolean closed;

  StoreFolder(DiskSource source, Shared shared) {
    this.source = source;
    this.shared = shared;
  }

  /**
   * Opens the folder.
   *
   * @throws DiskException when it can't be opened now, with the reason
   */
  void open() {
    shared.opening.lock();
    try {
      if (open == null && !closed) {
        open = opened(new MeasuredDisk(source.open(), counts, shared.time));
      }
    } catch (DiskException e) {
      hindrance = String.valueOf(e.getMessage());
      throw e;
    } finally {
      shared.opening.unlock();
    }
  }

  private Open opened(Disk disk) {
    boolean done = false;
    try {
      var folder =
          new ExtentFolder(
              disk, shared.settings, shared.randomness, shared.index, shared.byRecords);
      var compaction = new Compaction(folder, shared.index, shared.told);
      var scrub = new Scrub(folder, disk, shared.index, shared.time, shared.told);
      done = true;
      return new Open(folder, compaction, scrub);
    } catch (IOException e) {
      throw ExtentRecovery.refused(disk, e);
    } finally {
      if (!done) {
        close(disk);
      }
    }
  }

  private static void close(Disk disk) {
    try {
      disk.close();
    } catch (IOException e) {
      // The caller is told why the folder can't be opened.
    }
  }

  /** Returns the open folder; null while it isn't open. */
  @Nullable Open now() {
    return open;
  }

  /** Returns the answer of the open folder; {@code otherwise} while it isn't open. */
  <T> T ask(Function<Open, T> question, T otherwise) {
    var now = open;
    return now == null ? otherwise : question.apply(now);
  }

  /** Whether the folder is open and takes writes. */
  boolean isSound() {
    return ask(now -> now.folder().health().failure() == null, false);
  }

  /** Returns why the folder isn't open, takes no more writes, or can't be read in parts. */
  List<String> failures() {
    return ask(now -> now.folder().failures(), List.of(hindrance));
  }

  /** Returns the use of the folder, whether it is open or not. */
  FolderUse use() {
    return ask(
        now -> {
          var state = now.scrub().state();
          boolean scrubbing = !now.scrub().isDone();
          return new FolderUse(
              source.path(),
              counts,
              isSound(),
              scrubbing,
              scrubbing ? now.folder().shareUpTo(state.extent()) : 1,
              state.endedMicros());
        },
        new FolderUse(source.path(), counts, false, false, 0, 0));
  }

  /** Tries again to open or write the folder; true when it can be used again. */
  boolean retry() {
    var now = open;
    if (now != null) {
      return now.folder().recheck();
    }
    try {
      open();
      return isSound();
    } catch (DiskException e) {
      return false;
    }
  }

  void close() throws IOException {
    shared.opening.lock();
    try {
      closed = true;
      var now = open;
      if (now != null) {
        now.folder().close();
      }
    } finally {
      shared.opening.unlock();
    }
  }
}
