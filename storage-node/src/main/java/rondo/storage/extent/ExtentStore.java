package rondo.storage.extent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
import rondo.storage.extent.file.Extent;
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
 * section 4) in one or more folders. Immutable chunks are written once, read whole or in part, and
 * dropped. Thread-safe. Its methods wait for disks, on threads that nobody interrupts.
 */
public final class ExtentStore implements AutoCloseable {
  private final ChunkIndex index = new ChunkIndex();
  private final StoreFolders folders;
  private final List<Consumer<StorageDamage>> listeners = new CopyOnWriteArrayList<>();
  private final Time time;

  private ExtentStore(
      List<? extends DiskSource> sources,
      ExtentSettings settings,
      Time time,
      Randomness randomness,
      boolean byRecords) {
    this.time = time;
    var shared =
        new StoreFolder.Shared(
            settings, time, randomness, index, this::tell, byRecords, new ReentrantLock());
    this.folders = StoreFolders.of(sources, shared);
  }

  /**
   * Opens the folders, which are made if they aren't there, and recovers what a crash left.
   *
   * @throws DiskException when one can't be read, is in use, or has a newer format
   */
  public static ExtentStore open(
      List<Path> folders, ExtentSettings settings, Time time, Randomness randomness) {
    var store = new ExtentStore(StoreFolders.real(folders), settings, time, randomness, false);
    store.folders.openAll();
    return store;
  }

  /**
   * Opens folders, whatever their indexes say: by reading all records.
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
   * @throws DiskException when none can
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

  /** All on any disks. */
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

  /** All folders, also those that aren't open now. */
  List<StoreFolder> folders() {
    return folders.all();
  }

  /** What opening it found. */
  public RecoveryFindings recovered() {
    return folders.recovered();
  }

  /** Reads everything once, on this thread, as fast as it goes; what is damaged is told. */
  public void readAll() {
    for (Scrub scrub : scrubs()) {
      scrub.ask();
      scrub.beginIfDue(Duration.ZERO);
      while (scrub.step() > 0) {
        // On to the end.
      }
    }
  }

  /** How many chunks there are, damaged ones too. */
  public long chunks() {
    return index.size();
  }

  /** One for each open folder. */
  List<Compaction> compactions() {
    return folders.opened().stream().map(StoreFolder.Open::compaction).toList();
  }

  /** One for each open folder. */
  List<Scrub> scrubs() {
    return folders.opened().stream().map(StoreFolder.Open::scrub).toList();
  }

  /** Who is told, quickly, on the thread that found it, of everything that is found damaged. */
  public void onDamage(Consumer<StorageDamage> told) {
    listeners.add(told);
  }

  private void tell(StorageDamage damage) {
    listeners.forEach(told -> told.accept(damage));
  }

  /**
   * Begins a chunk of exactly {@code length} bytes, in the folder with the most free space. It can
   * be read once it is committed. If there is a chunk of this name already, it is replaced then.
   *
   * @param owner at most 4096 bytes
   * @throws DiskFullException when no folder has room
   * @throws DiskException when no folder can be written
   */
  public ChunkWriter open(ChunkId id, int length, Bytes owner) {
    if (length < 1 || owner.length() > ChunkHeader.OWNER_LIMIT) {
      throw new IllegalArgumentException("a chunk of " + length + " bytes");
    }
    ExtentFolder folder = folders.roomiest(ChunkHeader.recordBytes(owner.length(), length));
    return folder.open(new ChunkHeader(id, length, time.wallMicros(), owner));
  }

  /**
   * Opens a chunk; null when it isn't here.
   *
   * @throws CorruptException when its header or its sums are not as they were written
   */
  public @Nullable ChunkReader read(ChunkId id) {
    var place = retained(id);
    return place == null ? null : ChunkReader.open(id, place, e -> damaged(id, place, e));
  }

  /** A reader found a chunk damaged: from now on it doesn't count as held. */
  private void damaged(ChunkId id, ChunkPlace place, CorruptException e) {
    var folder = place.extent().folder();
    try {
      if (folder.quarantine(id, place)) {
        tell(new StorageDamage(id, folder.path() + ": " + e.getMessage()));
      }
    } catch (DiskException failed) {
      // That the disk takes no writes says the store itself; the index knows of the damage.
      tell(
          new StorageDamage(
              id, folder.path() + ": " + e.getMessage() + "; " + failed.getMessage()));
    }
  }

  /** Where a chunk is, in an extent that the caller releases; null when it isn't here. */
  private @Nullable ChunkPlace retained(ChunkId id) {
    var place = index.get(id);
    while (place != null && !place.extent().retain()) {
      // It has moved since.
      place = index.get(id);
    }
    return place;
  }

  /** Whether it is here, isn't known to be damaged, and its disk hasn't failed. */
  public boolean contains(ChunkId id) {
    var place = index.get(id);
    return place != null && !place.quarantined() && isHeld(place.extent());
  }

  /**
   * What a failed disk has doesn't count, so that it is brought here once more, where another disk
   * of this node can take it.
   */
  private boolean isHeld(Extent extent) {
    return extent.folder().health().failure() == null || !folders.haveSound();
  }

  /** Of each folder that isn't open, takes no more writes or can't be read in parts, why. */
  public List<String> failures() {
    return folders.failures();
  }

  /**
   * Drops a chunk; false when it isn't here. Durable when this returns.
   *
   * @throws DiskException when that can't be written down: it may be back after a restart
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
   * At most {@code limit} chunks in order of their names, after {@code after} (null: the first).
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

  public StorageUsage usage() {
    return folders.usage();
  }

  /**
   * Names of the chunks only, for comparing what nodes hold: as {@link #list}, without a disk, and
   * without those that are damaged.
   */
  public List<ChunkId> names(@Nullable ChunkId after, int limit) {
    return index.names(after, limit, false, this::isHeld);
  }

  /** Seals what can be sealed, so that the next opening is quick. */
  @Override
  public void close() {
    for (StoreFolder folder : folders.all()) {
      try {
        folder.close();
      } catch (IOException e) {
        throw new DiskException("can't close the chunks", e);
      }
    }
  }
}
