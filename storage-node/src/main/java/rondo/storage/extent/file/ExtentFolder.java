package rondo.storage.extent.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

/** A folder that is open: its extents and its log of drops. Thread-safe. */
public final class ExtentFolder implements AutoCloseable {
  private final Disk disk;
  private final ChunkIndex index;
  private final FolderHealth health;
  private final ReentrantLock lock = new ReentrantLock();
  private final FolderExtents extents;
  private final RecoveryFindings recovered;
  private final FolderLog drops;

  /** Reserved by writers that are not done. */
  private final AtomicLong pendingBytes = new AtomicLong();

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
    // Others find chunks here as soon as they are in the index, and wait with what they change.
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

  /** Why it takes no more writes, and what in it can't be read. */
  public List<String> failures() {
    return Stream.concat(extents.unread().stream(), health.failed().stream()).toList();
  }

  public FolderHealth health() {
    return health;
  }

  public RecoveryFindings recovered() {
    return recovered;
  }

  public String path() {
    return disk.path();
  }

  public long freeBytes() {
    return health.freeBytes(pendingBytes.get());
  }

  /** Reserves the range of a record and writes its header. */
  public ChunkWriter open(ChunkHeader header) {
    int recordBytes = ChunkHeader.recordBytes(header.owner().length(), header.length());
    return changing(() -> {
      health.check();
      var extent = extents.room(recordBytes);
      var encoded = header.encode(extent.salt());
      int crc = ChunkHeader.crc(encoded);
      extent.file().write(encoded, extent.end);
      var entry = ExtentEntry.of(extent.end, new ChunkHeader.Found(header, crc));
      extent.end += recordBytes;
      extent.writers++;
      pendingBytes.addAndGet(recordBytes);
      return new ChunkWriter(this, extent, entry);
    });
  }

  /** What changes the folder, on its disk too. */
  @FunctionalInterface
  public interface Change<T> {
    T make() throws IOException;
  }

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

  private void change(FolderHealth.Change change) {
    changing(() -> {
      change.make();
      return true;
    });
  }

  /** The record is whole and durable: from now on it is read. */
  void committed(Extent extent, ExtentEntry entry) {
    var place = locked(() -> extent.add(entry));
    // Without the lock: it may have to wait for the end of a move, which needs the lock.
    var previous = index.put(entry.id(), place);
    ended(extent, entry);
    if (previous != null) {
      previous.extent().folder().replaced(previous);
    }
  }

  /** It isn't needed any more; nobody waits for its mark when the disk has failed. */
  void replaced(ChunkPlace place) {
    if (health.failure() == null) {
      drop(place);
    } else {
      locked(() -> place.extent().remove(place));
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** The writer of a record is done: a retired extent is settled after its last one. */
  void ended(Extent extent, ExtentEntry entry) {
    left(extent, entry);
    change(() -> {
      if (extent.retired && health.failure() == null) {
        extents.settle(extent);
      }
    });
  }

  /** The writer of a record is done, on a disk that has failed: nothing is settled. */
  void left(Extent extent, ExtentEntry entry) {
    locked(() -> extent.writers--);
    pendingBytes.addAndGet(-entry.recordBytes());
  }

  /** Marks a record, which the index doesn't name any more, as dropped, durably. */
  public void drop(ChunkPlace place) {
    mark(
        place.extent(),
        place.position(),
        DropMarks.Kind.DROPPED,
        () -> place.extent().remove(place));
  }

  /** Notes durably that a chunk is damaged; false when that is known, or it isn't there. */
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

  /** Marks a record as dropped with the next sync of the log; only within {@link #changing}. */
  public void mark(ChunkPlace dropped) throws IOException {
    drops.add(dropped.extent().number(), dropped.position(), DropMarks.Kind.DROPPED);
    dropped.extent().marks++;
  }

  /**
   * The extent that is worth rewriting most, retained; empty when none is. The one that is being
   * written is sealed for that when a good part of it is dead.
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

  /** Reads the log of drops again, and writes it anew when a part is damaged; its bytes. */
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

  /** The first extent after this number, retained; null when there is none. */
  @Nullable
  public Extent after(long number) {
    return locked(() -> extents.after(number));
  }

  /** What is in an extent now; null when its footer has rotted. */
  @Nullable
  public List<ExtentEntry> entries(Extent extent) throws IOException {
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

  /** Has a damaged extent rewritten. */
  public void wear(Extent extent) {
    change(() -> extents.wear(extent));
  }

  /** Deletes an extent if nothing lives in it any more. */
  public void settle(Extent extent) {
    change(() -> {
      if (extents.has(extent.number())) {
        extents.settleOld(extent);
      }
    });
  }

  /**
   * Looks whether a folder that has failed can be written again, and then goes on in a new extent
   * with a new log: what was committed in the old ones was durable before, and what was under way
   * has failed. True when it goes on.
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

  public StorageUsage usage() {
    long free = freeBytes();
    return locked(() -> extents.usage(free));
  }

  /** Seals what has no writers and closes the files. */
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
