package rondo.storage.extent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Randomness;
import rondo.storage.disk.Disk;

/**
 * The extents of one folder: one takes new records, the others wait for their last writers or are
 * sealed. Thread-safe.
 */
final class ExtentFolder implements AutoCloseable {
  private final Disk disk;
  private final ChunkIndex index;
  private final FolderHealth health;

  private final ReentrantLock lock = new ReentrantLock();
  private final Extents extents;
  private DropLog drops;

  /** Reserved by writers that are not done. */
  private final AtomicLong pendingBytes = new AtomicLong();

  ExtentFolder(Disk disk, ExtentSettings settings, Randomness randomness, ChunkIndex index)
      throws IOException {
    this.disk = disk;
    this.index = index;
    this.health = new FolderHealth(disk, settings);
    this.extents = new Extents(this, disk, settings, randomness, index);
    var recovery = new Recovery(this, disk, index);
    recovery.run();
    extents.recovered(recovery);
    this.drops = DropLog.write(disk, recovery.marks());
    extents.settleAll();
  }

  FolderHealth health() {
    return health;
  }

  String path() {
    return disk.path();
  }

  /** Bytes that chunks may still take; 0 when the disk has failed. */
  long freeBytes() {
    return health.freeBytes(pendingBytes.get());
  }

  /** Reserves the range of a record and writes its header. */
  ChunkWriter open(ChunkHeader header) {
    int recordBytes = ChunkHeader.recordBytes(header.owner().length(), header.length());
    lock.lock();
    try {
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
    } catch (IOException e) {
      throw health.failed("can't write to " + disk.path(), e);
    } finally {
      lock.unlock();
    }
  }

  /** The record is whole and durable: from now on it is read. */
  void committed(Extent extent, ExtentEntry entry) {
    var place = locked(() -> extent.add(entry));
    // Without the lock: it may have to wait for the end of a move, which needs the lock.
    var previous = index.put(entry.id(), place);
    ended(extent, entry);
    if (previous != null) {
      previous.extent().folder().drop(previous);
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

  /** Its writer is done with it. */
  void ended(Extent extent, ExtentEntry entry) {
    lock.lock();
    try {
      finished(extent, entry);
    } finally {
      lock.unlock();
    }
  }

  private void finished(Extent extent, ExtentEntry entry) {
    extent.writers--;
    pendingBytes.addAndGet(-entry.recordBytes());
    if (extent.retired && health.failure() == null) {
      try {
        extents.settle(extent);
      } catch (IOException e) {
        throw health.failed("can't seal " + extent.fileName(), e);
      }
    }
  }

  /** Marks a record, which the index doesn't name any more, as dropped, durably. */
  void drop(Place place) {
    mark(place.extent(), place.position(), Marks.Kind.DROPPED, () -> removed(place));
  }

  private void removed(Place place) {
    place.extent().remove(place);
  }

  /** Notes durably that a chunk is damaged; false when that is known, or it isn't there. */
  boolean quarantine(ChunkId id, Place place) {
    if (!index.quarantine(id, place)) {
      return false;
    }
    var extent = place.extent();
    mark(extent, place.position(), Marks.Kind.QUARANTINED, () -> extent.quarantined++);
    return true;
  }

  private void mark(Extent extent, long position, Marks.Kind kind, Runnable then) {
    try {
      GroupSync sync;
      lock.lock();
      try {
        health.check();
        sync = drops.add(extent.number(), position, kind);
        extent.marks++;
        then.run();
        extents.settleOld(extent);
      } finally {
        lock.unlock();
      }
      health.sync(sync);
    } catch (IOException e) {
      throw health.failed("can't write to " + disk.path(), e);
    }
  }

  /** A chunk that was copied, and is being moved as the index knows. */
  record Move(ChunkId id, Place from, ChunkWriter copy) {}

  /**
   * Ends a move: to the copy, which is durable. Whoever drops that later makes durable, with his
   * own mark, the one that is made here, so that the old record can't come back instead.
   */
  void moved(Move move) {
    var from = move.from().extent();
    var place = move.from();
    lock.lock();
    try {
      mark(move.from());
      place = move.copy().extent().add(move.copy().entry());
      from.remove(move.from());
      index.endMove(move.id(), place);
      extents.settleOld(from);
    } catch (IOException e) {
      throw health.failed("can't write to " + disk.path(), e);
    } finally {
      if (place == move.from()) {
        index.endMove(move.id(), place);
      }
      lock.unlock();
      move.copy().abort();
    }
  }

  private void mark(Place dropped) throws IOException {
    drops.add(dropped.extent().number(), dropped.position(), Marks.Kind.DROPPED);
    dropped.extent().marks++;
  }

  /** Ends a move that came to nothing. The copy may be whole, and must not be found again. */
  void stays(Move move) {
    index.endMove(move.id(), move.from());
    lock.lock();
    try {
      if (health.failure() == null) {
        mark(move.copy().entry().in(move.copy().extent()));
      }
    } catch (IOException e) {
      // If it is found again, no row names it one day, and the orphan walk drops it.
      health.note(e);
    } finally {
      lock.unlock();
      move.copy().abort();
    }
  }

  /**
   * The extent that is worth rewriting most, retained; null when none is. The one that is being
   * written is sealed for that when a good part of it is dead.
   */
  @Nullable Extent worthRewriting() {
    lock.lock();
    try {
      if (health.failure() != null) {
        return null;
      }
      extents.retireWorn();
      if (extents.hasStale(drops.marks())) {
        shrinkLog();
      }
      return extents.worst();
    } catch (IOException e) {
      throw health.failed("can't seal an extent of " + disk.path(), e);
    } finally {
      lock.unlock();
    }
  }

  private void shrinkLog() throws IOException {
    drops = drops.shrink(extents::has);
    extents.forgetStale();
  }

  /** Reads the log of drops again, and writes it anew when a part is damaged; its bytes. */
  long checkLog(Consumer<Damage> found) throws IOException {
    lock.lock();
    try {
      long damaged = drops.damaged();
      if (damaged > 0) {
        found.accept(new Damage(null, damaged + " marks of the log of drops are damaged"));
        shrinkLog();
      }
      return drops.end();
    } finally {
      lock.unlock();
    }
  }

  /** The first extent after this number, retained; null when there is none. */
  @Nullable Extent after(long number) {
    return locked(() -> extents.after(number));
  }

  /** What is in an extent now; null when its footer has rotted. */
  @Nullable List<ExtentEntry> entries(Extent extent) throws IOException {
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
  void wear(Extent extent) throws IOException {
    lock.lock();
    try {
      extents.wear(extent);
    } finally {
      lock.unlock();
    }
  }

  Usage usage() {
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
