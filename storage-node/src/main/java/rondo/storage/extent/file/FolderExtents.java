package rondo.storage.extent.file;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.ring.port.Randomness;
import rondo.storage.chunk.StorageUsage;

/**
 * The extents of a folder: one takes new records, the others wait for their last writers or are
 * sealed. Guarded by the folder's lock.
 */
final class FolderExtents {
  private final ExtentFolder folder;
  private final Disk disk;
  private final ExtentSettings settings;
  private final Randomness randomness;
  private final ChunkIndex index;
  private final SortedMap<Long, Extent> extents = new TreeMap<>(Long::compareUnsigned);

  /** Left alone as long as they can't be read. */
  private SortedMap<Long, String> unread = new TreeMap<>();

  /** Marks of extents that are gone. */
  private long staleMarks;

  private @Nullable Extent active;
  private long lastNumber;

  FolderExtents(
      ExtentFolder folder,
      Disk disk,
      ExtentSettings settings,
      Randomness randomness,
      ChunkIndex index) {
    this.folder = folder;
    this.disk = disk;
    this.settings = settings;
    this.randomness = randomness;
    this.index = index;
  }

  void recovered(ExtentRecovery recovery) {
    recovery.extents().forEach(extent -> extents.put(extent.number(), extent));
    unread = recovery.unread();
    lastNumber = recovery.lastNumber();
    active = recovery.resume(settings.extentBytes());
  }

  void settleAll() throws IOException {
    for (Extent extent : all()) {
      settleOld(extent);
    }
  }

  /** The extent that takes the next record. */
  Extent room(int recordBytes) throws IOException {
    var extent = active;
    if (extent != null && extent.end + recordBytes <= settings.extentBytes()) {
      return extent;
    }
    retire();
    active = create();
    return active;
  }

  /** The next record begins a new extent. */
  private void retire() throws IOException {
    var extent = active;
    if (extent != null) {
      active = null;
      extent.retired = true;
      settle(extent);
    }
  }

  private Extent create() throws IOException {
    var head = new ExtentFormat.Head(++lastNumber, randomness.nextLong());
    var file = disk.openOrCreate(Extent.fileName(head.number()));
    file.write(ExtentFormat.head(head), 0);
    file.sync();
    disk.syncNames();
    var extent = new Extent(folder, head, file, index);
    extents.put(extent.number(), extent);
    return extent;
  }

  /** Seals an extent that is done, and deletes one in which nothing lives. */
  void settle(Extent extent) throws IOException {
    if (extent.writers > 0) {
      return;
    }
    if (extent.liveChunks == 0) {
      disk.delete(extent.fileName());
      extents.remove(extent.number());
      staleMarks += extent.marks;
      index.forget(extent);
      extent.close();
    } else if (!extent.sealed) {
      extent.seal();
    }
  }

  /** Settles an extent, unless it still takes records. */
  void settleOld(Extent extent) throws IOException {
    if (extent != active) {
      settle(extent);
    }
  }

  /** Retires the one that takes records, and seals and deletes what should have been. */
  void beginAnew() throws IOException {
    retire();
    settleAll();
  }

  /** Has a damaged extent rewritten. */
  void wear(Extent extent) throws IOException {
    extent.worn = true;
    if (extent == active) {
      retire();
    }
  }

  /** Seals the one that takes records when a good part of it is dead. */
  void retireWorn() throws IOException {
    var writing = active;
    if (writing != null
        && writing.isWorthRewriting()
        && writing.recordBytes() - writing.liveBytes > settings.extentBytes() / 16) {
      retire();
    }
  }

  /** Whether there is one of this number, perhaps not to be read now. */
  boolean has(long number) {
    return extents.containsKey(number) || unread.containsKey(number);
  }

  /** Of each that is left alone, why. */
  Collection<String> unread() {
    return unread.values();
  }

  private List<Extent> all() {
    return List.copyOf(extents.values());
  }

  /**
   * Whether so many of these marks are of extents that are gone that they are worth writing anew.
   */
  boolean hasStale(long marks) {
    return staleMarks > 10_000 && 2 * staleMarks > marks;
  }

  void forgetStale() {
    staleMarks = 0;
  }

  /** The sealed one that is worth rewriting most, retained; empty when none is. */
  Optional<Extent> worst() {
    return extents.values().stream()
        .filter(extent -> extent.sealed && extent.isWorthRewriting())
        .min(Comparator.comparingDouble(Extent::liveShare))
        .filter(Extent::retain);
  }

  /** The first after this number, retained; null when there is none. */
  @Nullable Extent after(long number) {
    return extents.tailMap(number + 1).values().stream()
        .filter(Extent::retain)
        .findFirst()
        .orElse(null);
  }

  StorageUsage usage(long freeBytes) {
    long live = 0;
    long all = 0;
    long damaged = 0;
    for (Extent extent : extents.values()) {
      live += extent.liveBytes;
      all += extent.recordBytes();
      damaged += extent.quarantined;
    }
    return new StorageUsage(live, all - live, freeBytes, damaged);
  }

  /** Closes all files, sealed before if that is wanted and they have no writers. */
  void close(boolean sealed) throws IOException {
    for (Extent extent : all()) {
      if (sealed) {
        settle(extent);
      }
      extent.close();
    }
  }
}
