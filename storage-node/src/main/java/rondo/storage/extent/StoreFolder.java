package rondo.storage.extent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskCounts;
import rondo.metadata.disk.MeasuredDisk;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.repair.TimeRemaining;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.extent.file.ExtentRecovery;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.extent.upkeep.Compaction;
import rondo.storage.extent.upkeep.FolderDrain;
import rondo.storage.extent.upkeep.RecordCopier;
import rondo.storage.extent.upkeep.Scrub;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskSource;

/**
 * A folder of a store: open, or to be opened when its trouble is over. Thread-safe; one thread at a
 * time opens it.
 */
final class StoreFolder {
  /**
   * The parameters that all folders of a store share.
   *
   * @param targets returns the folder for a record of so many bytes
   * @param opening makes them open one after the other
   */
  record Shared(
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      ChunkIndex index,
      Consumer<StorageDamage> told,
      boolean byRecords,
      IntFunction<ExtentFolder> targets,
      ReentrantLock opening) {
    Shared(
        ExtentSettings settings,
        Time time,
        Randomness randomness,
        ChunkIndex index,
        Consumer<StorageDamage> told,
        boolean byRecords,
        IntFunction<ExtentFolder> targets) {
      this(settings, time, randomness, index, told, byRecords, targets, new ReentrantLock());
    }
  }

  /** An open folder with the work on it. */
  record Open(ExtentFolder folder, Compaction compaction, FolderDrain drain, Scrub scrub) {}

  private final DiskSource source;
  private final Shared shared;
  private final DiskCounts counts = new DiskCounts();
  private volatile @Nullable Open open;
  private volatile String hindrance = "";
  private volatile boolean leaving;
  private final TimeRemaining remaining = new TimeRemaining();
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
        var now = opened(new MeasuredDisk(source.open(), counts, shared.time));
        open = now;
        now.folder().health().leave(leaving);
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
      var copier = new RecordCopier();
      var compaction = new Compaction(folder, shared.index, shared.told, copier);
      var drain = new FolderDrain(folder, shared.index, shared.told, copier, shared.targets);
      var scrub = new Scrub(folder, disk, shared.index, shared.time, shared.told);
      done = true;
      return new Open(folder, compaction, drain, scrub);
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

  String path() {
    return source.path();
  }

  /** Sets whether the folder leaves the store: it takes no new chunks, and those it has move. */
  void leave(boolean leaves) {
    leaving = leaves;
    var now = open;
    if (now != null) {
      now.folder().health().leave(leaves);
    }
  }

  /** Returns how far it is with leaving; null when it stays. */
  @Nullable LeavingFolder leaving() {
    return leaving
        ? ask(
            now -> {
              var usage = now.folder().usage();
              return new LeavingFolder(
                  path(),
                  usage.liveBytes(),
                  usage.damagedChunks(),
                  now.folder().isEmpty(),
                  now.drain().isWaiting(),
                  remaining.seconds());
            },
            LeavingFolder.unknown(path()))
        : null;
  }

  /**
   * Compacts a little, or moves chunks away when it leaves; returns the bytes that were read and
   * written, 0 when there is nothing to do now. For one thread.
   *
   * @throws DiskException when a disk fails or is full
   */
  long work() {
    var now = open;
    if (now == null) {
      return 0;
    }
    if (!leaving) {
      now.drain().pause();
      return now.compaction().step();
    }
    now.compaction().pause();
    long bytes = now.drain().step();
    remaining.saw(shared.time.nanos(), now.folder().usage().liveBytes());
    return bytes;
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
