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
 * The extents of a folder. One is active and takes new records; the others are sealed, or wait for
 * their last writers. Guarded by the folder's lock.
 */
final class FolderExtents {
  private final ExtentFolder folder;
  private final Disk disk;
  private final ExtentSettings settings;
  private final Randomness randomness;
  private final ChunkIndex index;
  private final SortedMap<Long, Extent> extents = new TreeMap<>(Long::compareUnsigned);

  /** Extents that can't be read now, and why. They are left alone. */
  private SortedMap<Long, String> unread = new TreeMap<>();

  /** How many marks in the log of drops are of extents that are gone. */
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

  /** Settles all extents but the active one. */
  void settleAll() throws IOException {
    for (Extent extent : all()) {
      settleOld(extent);
    }
  }

  /**
   * Returns the extent that takes the next record: the active one, or a new one if that is full.
   */
  Extent room(int recordBytes) throws IOException {
    var extent = active;
    if (extent != null && extent.end + recordBytes <= settings.extentBytes()) {
      return extent;
    }
    retire();
    active = create();
    return active;
  }

  /** Retires the active extent: the next record begins a new one. */
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

  /** Seals an extent without writers, or deletes it if no live record is left. */
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

  /** Settles an extent that isn't the active one. */
  void settleOld(Extent extent) throws IOException {
    if (extent != active) {
      settle(extent);
    }
  }

  /** Retires the active extent, and seals or deletes all extents that are due. */
  void beginAnew() throws IOException {
    retire();
    settleAll();
  }

  /** Marks a damaged extent to be rewritten; retires it if it is the active one. */
  void wear(Extent extent) throws IOException {
    extent.worn = true;
    if (extent == active) {
      retire();
    }
  }

  /** Retires the active extent when a good part of it is dead. */
  void retireWorn() throws IOException {
    var writing = active;
    if (writing != null
        && writing.isWorthRewriting()
        && writing.recordBytes() - writing.liveBytes > settings.extentBytes() / 16) {
      retire();
    }
  }

  /** Whether an extent of this number exists, even one that can't be read now. */
  boolean has(long number) {
    return extents.containsKey(number) || unread.containsKey(number);
  }

  /** Returns why extents can't be read now. */
  Collection<String> unread() {
    return unread.values();
  }

  private List<Extent> all() {
    return List.copyOf(extents.values());
  }

  /**
   * Whether so many marks are of extents that are gone that rewriting the log is worth it.
   *
   * @param marks how many the log has
   */
  boolean hasStale(long marks) {
    return staleMarks > 10_000 && 2 * staleMarks > marks;
  }

  void forgetStale() {
    staleMarks = 0;
  }

  /** Returns the sealed extent that is most worth rewriting, retained; empty when none is. */
  Optional<Extent> worst() {
    return extents.values().stream()
        .filter(extent -> extent.sealed && extent.isWorthRewriting())
        .min(Comparator.comparingDouble(Extent::liveShare))
        .filter(Extent::retain);
  }

  /** Returns the first extent after this number, retained; null when there is none. */
  @Nullable Extent after(long number) {
    return extents.tailMap(number + 1).values().stream()
        .filter(Extent::retain)
        .findFirst()
        .orElse(null);
  }

  /** Returns how many of the extents have a number up to this one, as a share of all; 1 of none. */
  double shareUpTo(long number) {
    int all = extents.size();
    return all == 0 ? 1 : extents.headMap(number + 1).size() / (double) all;
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

  /**
   * Closes all files.
   *
   * @param sealed whether to seal extents without writers first
   */
  void close(boolean sealed) throws IOException {
    for (Extent extent : all()) {
      if (sealed) {
        settle(extent);
      }
      extent.close();
    }
  }
}
