package rondo.storage.extent.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.ring.port.Randomness;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.chunk.StorageUsage;
import rondo.storage.folder.DiskException;

/** An open folder: its extents and its log of drops. Thread-safe; blocks on the disk. */
public final class ExtentFolder implements AutoCloseable {
  private final Disk disk;
  private final ChunkIndex index;
  private final FolderHealth health;
  private final ReentrantLock lock = new ReentrantLock();
  private final FolderExtents extents;
  private final RecoveryFindings recovered;
  private final FolderLog drops;
  private final RecordWriters writers;

  public ExtentFolder(
      Disk disk,
      ExtentSettings settings,
      Randomness randomness,
      ChunkIndex index,
      boolean byRecords)
      throws IOException {
    this.disk = disk;
    this.index = index;
    this.health = new FolderHealth(disk, settings);
    this.extents = new FolderExtents(this, disk, settings, randomness, index);
    this.drops = new FolderLog(disk);
    this.writers = new RecordWriters(this, extents, index);
    // Other threads find chunks here as soon as they are in the index, and wait for the lock with
    // their changes.
    lock.lock();
    try {
      var recovery = new ExtentRecovery(this, disk, index, byRecords);
      recovery.run();
      this.recovered = recovery.found();
      extents.recovered(recovery);
      health.tried(() -> drops.begin(recovery.marks()));
      health.tried(extents::settleAll);
    } finally {
      lock.unlock();
    }
  }

  /** Returns why the folder takes no more writes, and which of its extents can't be read. */
  public List<String> failures() {
    return Stream.concat(extents.unread().stream(), health.failed().stream()).toList();
  }

  public FolderHealth health() {
    return health;
  }

  /** Returns the findings of opening the folder. */
  public RecoveryFindings recovered() {
    return recovered;
  }

  public String path() {
    return disk.path();
  }

  /** Returns how many bytes new chunks may take; 0 when the disk has failed. */
  public long freeBytes() {
    return health.freeBytes(writers.pendingBytes());
  }

  /**
   * Begins a record: reserves its range and writes its header.
   *
   * @throws DiskException when the folder takes no more writes
   */
  public ChunkWriter open(ChunkHeader header) {
    return writers.open(header);
  }

  /** A change of the folder and of its disk. */
  @FunctionalInterface
  public interface Change<T> {
    T make() throws IOException;
  }

  /**
   * Makes a change under the lock.
   *
   * @throws DiskException when it fails: the folder then takes no more writes, unless it is only
   *     full
   */
  public <T> T changing(Change<T> change) {
    lock.lock();
    try {
      return change.make();
    } catch (IOException e) {
      throw health.failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code change} under the lock; an error of the disk is noted and thrown. */
  void change(FolderHealth.Change change) {
    changing(() -> {
      change.make();
      return true;
    });
  }

  /**
   * Marks a record as dropped that a newer one has replaced; on a failed disk it is only forgotten
   * in memory.
   */
  void replaced(ChunkPlace place) {
    if (health.failure() == null) {
      drop(place);
    } else {
      locked(() -> place.extent().remove(place));
    }
  }

  /** Runs {@code work}, which does not touch the disk, under the lock. */
  <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Marks a record as dropped, durably; the index must not name it any more. */
  public void drop(ChunkPlace place) {
    mark(
        place.extent(),
        place.position(),
        DropMarks.Kind.DROPPED,
        () -> place.extent().remove(place));
  }

  /** Quarantines a chunk, durably; false when it is there already or isn't at this place. */
  public boolean quarantine(ChunkId id, ChunkPlace place) {
    if (!index.quarantine(id, place)) {
      return false;
    }
    var extent = place.extent();
    mark(extent, place.position(), DropMarks.Kind.QUARANTINED, () -> extent.quarantined++);
    return true;
  }

  private void mark(Extent extent, long position, DropMarks.Kind kind, Runnable then) {
    var sync =
        changing(() -> {
          health.check();
          var log = drops.add(extent.number(), position, kind);
          extent.marks++;
          then.run();
          extents.settleOld(extent);
          return log;
        });
    health.await(sync);
  }

  /**
   * Marks a record as dropped; the mark is durable with the next sync of the log. Only within
   * {@link #changing}.
   */
  public void mark(ChunkPlace dropped) throws IOException {
    drops.add(dropped.extent().number(), dropped.position(), DropMarks.Kind.DROPPED);
    dropped.extent().marks++;
  }

  /**
   * Returns the extent that is most worth rewriting, retained; empty when none is. If a good part
   * of the active extent is dead, that is sealed first, so that it can be chosen.
   */
  public Optional<Extent> worthRewriting() {
    return changing(() -> {
      if (health.failure() != null) {
        return Optional.<Extent>empty();
      }
      extents.retireWorn();
      if (extents.hasStale(drops.marks())) {
        shrinkLog();
      }
      return extents.worst();
    });
  }

  private void shrinkLog() throws IOException {
    drops.shrink(extents::has);
    extents.forgetStale();
  }

  /**
   * Verifies the log of drops, and rewrites it when marks are damaged; returns how many bytes were
   * read.
   *
   * @param found called when marks are damaged
   */
  public long checkLog(Consumer<StorageDamage> found) {
    return changing(() -> {
      long damaged = drops.damaged();
      if (damaged > 0) {
        found.accept(new StorageDamage(null, damaged + " marks of the log of drops are damaged"));
        shrinkLog();
      }
      return drops.bytes();
    });
  }

  /** Returns the first extent after this number, retained; null when there is none. */
  public @Nullable Extent after(long number) {
    return locked(() -> extents.after(number));
  }

  /** Returns how many extents have a number up to this one, as a share of all; 1 of none. */
  public double shareUpTo(long number) {
    return locked(() -> extents.shareUpTo(number));
  }

  /** Returns the records of an extent; null when its footer is damaged. */
  public @Nullable List<ExtentEntry> entries(Extent extent) throws IOException {
    List<ExtentEntry> open = locked(() -> List.copyOf(extent.entries.values()));
    if (!open.isEmpty()) {
      return open;
    }
    var footer = ExtentFooter.read(extent.file());
    if (footer != null) {
      return footer.entries();
    }
    return locked(() -> extent.sealed) ? null : List.of();
  }

  /** Has compaction rewrite an extent whose head or footer is damaged. */
  public void wear(Extent extent) {
    change(() -> extents.wear(extent));
  }

  /** Deletes an extent that has no live records any more, or seals it. */
  public void settle(Extent extent) {
    change(() -> {
      if (extents.has(extent.number())) {
        extents.settleOld(extent);
      }
    });
  }

  /**
   * Checks whether a folder that has failed can be written again. If so, it goes on in a new extent
   * with a new log: records committed in the old ones were durable before the failure, and those
   * under way have failed. Returns whether it goes on.
   */
  public boolean recheck() {
    if (health.failure() == null || health.isClosed() || !health.works()) {
      return false;
    }
    return locked(() -> {
      try {
        extents.beginAnew();
        shrinkLog();
        health.recovered();
        return true;
      } catch (IOException e) {
        return false;
      }
    });
  }

  /** Returns the use of space in the folder. */
  public StorageUsage usage() {
    long free = freeBytes();
    return locked(() -> extents.usage(free));
  }

  /** Closes all files; seals extents without writers first, unless the disk has failed. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      extents.close(health.failure() == null);
      health.closed();
      drops.close();
      disk.close();
    } finally {
      lock.unlock();
    }
  }
}
