package rondo.storage.extent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFullException;

/**
 * The extents of one folder: one takes new records, the others wait for their last writers or are
 * sealed. Thread-safe.
 */
final class ExtentFolder implements AutoCloseable {
  private final Disk disk;
  private final ExtentSettings settings;
  private final Time time;
  private final Randomness randomness;
  private final ConcurrentMap<ChunkId, Place> index;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Extent> extents = new HashMap<>();
  private final DropLog drops;
  private @Nullable Extent active;
  private long lastNumber;

  /** Reserved by writers that are not done. */
  private long pendingBytes;

  private volatile @Nullable DiskException failure;

  ExtentFolder(
      Disk disk,
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      ConcurrentMap<ChunkId, Place> index)
      throws IOException {
    this.disk = disk;
    this.settings = settings;
    this.time = time;
    this.randomness = randomness;
    this.index = index;
    var recovery = new Recovery(this, disk, index);
    recovery.run();
    recovery.extents().forEach(extent -> extents.put(extent.number(), extent));
    this.lastNumber = recovery.lastNumber();
    this.active = recovery.resume(settings.extentBytes());
    this.drops = DropLog.write(disk, recovery.marks());
    for (Extent extent : List.copyOf(extents.values())) {
      if (extent != active) {
        settle(extent);
      }
    }
  }

  /** Bytes that chunks may still take; 0 when the disk has failed. */
  long freeBytes() {
    if (failure != null) {
      return 0;
    }
    lock.lock();
    try {
      return Math.max(0, disk.usableBytes() - settings.reserveBytes() - pendingBytes);
    } catch (IOException e) {
      throw failed("can't ask for the free space of " + disk.path(), e);
    } finally {
      lock.unlock();
    }
  }

  @Nullable DiskException failure() {
    return failure;
  }

  /** Reserves the range of a record and writes its header. */
  ChunkWriter open(ChunkId id, int length, Bytes owner) {
    var header = new ChunkHeader(id, length, time.wallMicros(), owner);
    int recordBytes = ChunkHeader.recordBytes(owner.length(), length);
    lock.lock();
    try {
      checkFailure();
      var extent = room(recordBytes);
      var encoded = header.encode(extent.salt());
      int crc = ChunkHeader.crc(encoded);
      extent.file().write(encoded, extent.end);
      var place = Place.of(extent, extent.end, new ChunkHeader.Found(header, crc));
      extent.end += recordBytes;
      extent.writers++;
      pendingBytes += recordBytes;
      return new ChunkWriter(this, id, place);
    } catch (IOException e) {
      throw failed("can't write to " + disk.path(), e);
    } finally {
      lock.unlock();
    }
  }

  private Extent room(int recordBytes) throws IOException {
    var extent = active;
    if (extent != null && extent.end + recordBytes <= settings.extentBytes()) {
      return extent;
    }
    if (extent != null) {
      extent.retired = true;
      settle(extent);
    }
    active = create();
    return active;
  }

  private Extent create() throws IOException {
    var head = new ExtentFormat.Head(++lastNumber, randomness.nextLong());
    var file = disk.open(Extent.fileName(head.number()));
    file.write(ExtentFormat.head(head), 0);
    file.sync();
    disk.syncNames();
    var extent = new Extent(this, head, file);
    extents.put(extent.number(), extent);
    return extent;
  }

  /** Seals an extent that is done, and deletes one in which nothing lives. */
  private void settle(Extent extent) throws IOException {
    if (extent.writers > 0) {
      return;
    }
    if (extent.liveChunks == 0) {
      extents.remove(extent.number());
      disk.delete(extent.fileName());
      extent.close();
    } else if (!extent.sealed) {
      extent.seal();
    }
  }

  /** Waits for stable storage; a failed sync takes the folder out of writing. */
  void sync(GroupSync sync) throws IOException {
    checkFailure();
    if (!settings.durable()) {
      return;
    }
    try {
      sync.sync();
    } catch (IOException e) {
      failure = new DiskException(disk.path() + " failed to sync and takes no more writes", e);
      throw e;
    }
  }

  /** The record is whole and durable: from now on it is read. */
  void committed(ChunkId id, Place place) {
    Place previous;
    lock.lock();
    try {
      place.extent().add(id, place);
      previous = index.put(id, place);
      finished(place);
    } finally {
      lock.unlock();
    }
    if (previous != null) {
      previous.extent().folder().drop(previous);
    }
  }

  void aborted(Place place) {
    lock.lock();
    try {
      finished(place);
    } finally {
      lock.unlock();
    }
  }

  private void finished(Place place) {
    var extent = place.extent();
    extent.writers--;
    pendingBytes -= place.recordBytes();
    if (extent.retired && failure == null) {
      try {
        settle(extent);
      } catch (IOException e) {
        throw failed("can't seal " + extent.fileName(), e);
      }
    }
  }

  /** Marks a record, which the index doesn't name any more, as dropped, durably. */
  void drop(Place place) {
    try {
      sync(mark(place));
    } catch (IOException e) {
      throw failed("can't drop a chunk in " + disk.path(), e);
    }
  }

  private GroupSync mark(Place place) throws IOException {
    lock.lock();
    try {
      checkFailure();
      var extent = place.extent();
      var sync = drops.add(new DropLog.Mark(extent.number(), place.position()));
      extent.remove(place);
      if (extent != active) {
        settle(extent);
      }
      return sync;
    } finally {
      lock.unlock();
    }
  }

  Usage usage() {
    long live = 0;
    long all = 0;
    lock.lock();
    try {
      for (Extent extent : extents.values()) {
        live += extent.liveBytes;
        all += extent.end - ExtentFormat.HEAD_BYTES;
      }
    } finally {
      lock.unlock();
    }
    return new Usage(live, all - live, freeBytes());
  }

  private void checkFailure() {
    var failed = failure;
    if (failed != null) {
      throw new DiskException(String.valueOf(failed.getMessage()), failed);
    }
  }

  /** What to throw when a write failed; a full disk comes back when space does. */
  DiskException failed(String what, IOException e) {
    var failed = failure;
    if (failed != null) {
      return failed;
    }
    if (String.valueOf(e.getMessage()).contains("No space left")) {
      return new DiskFullException(disk.path() + " is full");
    }
    failed = new DiskException(what + ": " + e.getMessage(), e);
    failure = failed;
    return failed;
  }

  /** Seals what has no writers and closes the files. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      for (Extent extent : new ArrayList<>(extents.values())) {
        if (failure == null) {
          settle(extent);
        }
        extent.close();
      }
      failure = new DiskException(disk.path() + " is closed");
      drops.close();
      disk.close();
    } finally {
      lock.unlock();
    }
  }
}
