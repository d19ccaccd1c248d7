package rondo.storage.extent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.chunk.StorageUsage;
import rondo.storage.extent.file.ChunkHeader;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkPlace;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.ChunkWriter;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.extent.upkeep.Compaction;
import rondo.storage.extent.upkeep.Scrub;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;
import rondo.storage.folder.DiskSource;

/**
 * A node's chunks, in append-only extent files (after the stream layer of Azure Storage, SOSP 2011,
 * section 4) in one or more folders. Chunks are immutable: written once, read whole or in part, and
 * dropped. Thread-safe; blocks on disks, and must be called by threads that are never interrupted.
 */
public final class ExtentStore implements AutoCloseable {
  private final ChunkIndex index = new ChunkIndex();
  private final StoreFolders folders;
  private final FolderChanges changes;
  private final List<Consumer<StorageDamage>> listeners = new CopyOnWriteArrayList<>();
  private final Time time;
  private volatile Predicate<String> isFull = _ -> false;

  private ExtentStore(
      List<? extends DiskSource> sources,
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      boolean byRecords) {
    this.time = time;
    var shared =
        new StoreFolder.Shared(
            settings, time, randomness, index, this::tell, byRecords, this::roomiest);
    this.folders = StoreFolders.of(sources, shared);
    this.changes = new FolderChanges(folders);
  }

  /**
   * Opens the folders, creates those that don't exist, and recovers from a crash.
   *
   * @throws DiskException when a folder can't be read, is in use, or has a newer format
   */
  public static ExtentStore open(
      List<Path> folders, ExtentSettings settings, Time time, Randomness randomness) {
    var store = new ExtentStore(StoreFolders.real(folders), settings, time, randomness, false);
    store.folders.openAll();
    return store;
  }

  /**
   * Opens the folders, and rebuilds their indexes by reading all records.
   *
   * @throws DiskException as {@link #open(List, ExtentSettings, Time, Randomness)}
   */
  public static ExtentStore rebuild(
      List<Path> folders, ExtentSettings settings, Time time, Randomness randomness) {
    var store = new ExtentStore(StoreFolders.real(folders), settings, time, randomness, true);
    store.folders.openAll();
    return store;
  }

  /**
   * Opens the folders that can be opened now; {@link StoreUpkeep} tries the others again.
   *
   * @throws DiskException when no folder can be opened
   */
  public static ExtentStore start(
      List<? extends DiskSource> sources,
      ExtentSettings settings,
      Time time,
      Randomness randomness) {
    var store = new ExtentStore(sources, settings, time, randomness, false);
    store.folders.openSome();
    return store;
  }

  /** Opens a store on disks that are open. */
  static ExtentStore on(
      List<Disk> disks, ExtentSettings settings, Time time, Randomness randomness) {
    return on(disks, settings, time, randomness, false);
  }

  static ExtentStore on(
      List<Disk> disks,
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      boolean byRecords) {
    var store = new ExtentStore(StoreFolders.given(disks), settings, time, randomness, byRecords);
    store.folders.openAll();
    return store;
  }

  /** Returns all folders, whether they are open now or not. */
  List<StoreFolder> folders() {
    return folders.all();
  }

  /** Returns what takes folders into the store, and out of it. */
  public FolderChanges changes() {
    return changes;
  }

  /** Returns the findings of opening the folders. */
  public RecoveryFindings recovered() {
    return folders.recovered();
  }

  /**
   * Scrubs everything once, on this thread, without a bound on the rate. Damage is passed to the
   * listeners.
   */
  public void readAll() {
    folders.readAll();
  }

  /** Returns the number of chunks, damaged ones included. */
  public long chunks() {
    return index.size();
  }

  /** Returns the compaction of each open folder. */
  List<Compaction> compactions() {
    return folders.opened().stream().map(StoreFolder.Open::compaction).toList();
  }

  /** Returns the scrub of each open folder. */
  List<Scrub> scrubs() {
    return folders.scrubs();
  }

  /**
   * Adds a listener for damage. It is called by the thread that found the damage, and must return
   * soon.
   */
  public void onDamage(Consumer<StorageDamage> told) {
    listeners.add(told);
  }

  private void tell(StorageDamage damage) {
    listeners.forEach(told -> told.accept(damage));
  }

  /**
   * Keeps new chunks away from folders from now on; those that are there stay, and drops go on.
   *
   * @param full whether the folder of this path takes no new chunk; any thread may call it
   */
  public void avoid(Predicate<String> full) {
    isFull = full;
  }

  /**
   * Begins a chunk of exactly {@code length} bytes, in the folder with the most free space. The
   * chunk can be read once it is committed, and then replaces any chunk of its name.
   *
   * @param owner at most 4096 bytes
   * @throws DiskFullException when no folder has room
   * @throws DiskException when no folder can be written
   */
  public ChunkWriter open(ChunkId id, int length, Bytes owner) {
    if (length < 1 || owner.length() > ChunkHeader.OWNER_LIMIT) {
      throw new IllegalArgumentException("a chunk of " + length + " bytes");
    }
    var header = new ChunkHeader(id, length, time.wallMicros(), owner);
    while (true) {
      ExtentFolder folder = roomiest(ChunkHeader.recordBytes(owner.length(), length));
      try {
        return folder.open(header);
      } catch (DiskFullException e) {
        if (!folder.health().isLeaving()) {
          throw e;
        }
      }
    }
  }

  private ExtentFolder roomiest(int recordBytes) {
    return folders.roomiest(recordBytes, isFull);
  }

  /**
   * Opens a chunk for reading; null when the store doesn't have it.
   *
   * @throws CorruptException when its header or its checksums are damaged
   */
  public @Nullable ChunkReader read(ChunkId id) {
    var place = index.retained(id);
    return place == null ? null : ChunkReader.open(id, place, e -> damaged(id, place, e));
  }

  /** Quarantines a chunk that a reader found damaged: from now on it doesn't count as held. */
  private void damaged(ChunkId id, ChunkPlace place, CorruptException e) {
    var folder = place.extent().folder();
    try {
      if (folder.quarantine(id, place)) {
        tell(new StorageDamage(id, folder.path() + ": " + e.getMessage()));
      }
    } catch (DiskException failed) {
      // The store reports the failed disk itself; the index has noted the damage.
      tell(
          new StorageDamage(
              id, folder.path() + ": " + e.getMessage() + "; " + failed.getMessage()));
    }
  }

  /**
   * Whether the store has the chunk, undamaged as far as is known, on a disk that hasn't failed.
   */
  public boolean contains(ChunkId id) {
    var place = index.get(id);
    return place != null && !place.quarantined() && folders.isHeld(place.extent());
  }

  /**
   * Returns a line for each folder that isn't open, takes no more writes or can't be read in parts.
   */
  public List<String> failures() {
    return folders.failures();
  }

  /**
   * Drops a chunk, durably; false when the store doesn't have it.
   *
   * @throws DiskException when the drop can't be made durable: the chunk may be back after a
   *     restart
   */
  public boolean drop(ChunkId id) {
    var place = index.remove(id);
    if (place == null) {
      return false;
    }
    place.extent().folder().drop(place);
    return true;
  }

  /**
   * Returns at most {@code limit} chunks in the order of their names, after {@code after}; null for
   * the first ones.
   */
  public List<ListedChunk> list(@Nullable ChunkId after, int limit) {
    var listed = new ArrayList<ListedChunk>();
    for (ChunkId id : index.names(after, limit, true, _ -> true)) {
      var chunk = listed(id);
      if (chunk != null) {
        listed.add(chunk);
      }
    }
    return listed;
  }

  private @Nullable ListedChunk listed(ChunkId id) {
    try (var reader = read(id)) {
      return reader == null ? null : reader.listed(time.wallMicros());
    } catch (CorruptException e) {
      return new ListedChunk(id, Bytes.EMPTY, 0, 0);
    }
  }

  /** Returns the use of space in the open folders. */
  public StorageUsage usage() {
    return folders.usage();
  }

  /**
   * Returns names of chunks like {@link #list}, but from memory and without chunks that are damaged
   * or on a failed disk: nodes compare these to find missing chunks.
   */
  public List<ChunkId> names(@Nullable ChunkId after, int limit) {
    return index.names(after, limit, false, folders::isHeld);
  }

  /** Closes the store; seals extents without writers first, so that the next opening is quick. */
  @Override
  public void close() {
    folders.close();
  }
}
