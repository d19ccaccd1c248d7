package rondo.storage.extent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.storage.disk.CorruptException;
import rondo.storage.disk.Disk;
import rondo.storage.disk.DiskException;
import rondo.storage.disk.DiskFullException;
import rondo.storage.disk.FolderDisk;

/**
 * A node's chunks, in append-only extent files (after the stream layer of Azure Storage, SOSP 2011,
 * section 4) in one or more folders. Immutable chunks are written once, read whole or in part, and
 * dropped. Thread-safe. Its methods wait for disks, on threads that nobody interrupts.
 */
public final class ExtentStore implements AutoCloseable {
  private final ConcurrentSkipListMap<ChunkId, Place> index = new ConcurrentSkipListMap<>();
  private final List<ExtentFolder> folders = new ArrayList<>();
  private final Time time;

  private ExtentStore(Time time) {
    this.time = time;
  }

  /**
   * Opens the folders, which are made if they aren't there, and recovers what a crash left.
   *
   * @throws DiskException when one can't be read, is in use, or has a newer format
   */
  public static ExtentStore open(
      List<Path> folders, ExtentSettings settings, Time time, Randomness randomness) {
    var disks = new ArrayList<Disk>();
    folders.forEach(folder -> disks.add(FolderDisk.open(folder)));
    return on(disks, settings, time, randomness);
  }

  /** The same on any disks. */
  static ExtentStore on(
      List<Disk> disks, ExtentSettings settings, Time time, Randomness randomness) {
    var store = new ExtentStore(time);
    for (Disk disk : disks) {
      try {
        store.folders.add(new ExtentFolder(disk, settings, time, randomness, store.index));
      } catch (IOException e) {
        throw Recovery.refused(disk, e);
      }
    }
    return store;
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
    var best =
        folders.stream()
            .filter(folder -> folder.failure() == null)
            .max(Comparator.comparingLong(ExtentFolder::freeBytes))
            .orElseThrow(() -> new DiskException("every disk of this node has failed"));
    if (best.freeBytes() < ChunkHeader.recordBytes(owner.length(), length)) {
      throw new DiskFullException("the disks of this node are full");
    }
    return best.open(id, length, owner);
  }

  /**
   * Opens a chunk; null when it isn't here.
   *
   * @throws CorruptException when its header or its sums are not as they were written
   */
  public @Nullable ChunkReader read(ChunkId id) {
    var place = index.get(id);
    if (place == null || !place.extent().retain()) {
      return null;
    }
    ChunkReader reader = null;
    try {
      reader = ChunkReader.open(id, place);
      return reader;
    } catch (IOException e) {
      throw new DiskException("can't read " + place.extent().fileName(), e);
    } finally {
      if (reader == null) {
        ChunkReader.release(place.extent());
      }
    }
  }

  public boolean contains(ChunkId id) {
    return index.containsKey(id);
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
    var tail = after == null ? index : index.tailMap(after, false);
    var listed = new ArrayList<ListedChunk>();
    for (ChunkId id : tail.keySet()) {
      if (listed.size() == limit) {
        break;
      }
      var chunk = listed(id);
      if (chunk != null) {
        listed.add(chunk);
      }
    }
    return listed;
  }

  private @Nullable ListedChunk listed(ChunkId id) {
    var place = index.get(id);
    if (place == null || !place.extent().retain()) {
      return null;
    }
    try {
      var found = ChunkHeader.read(place.extent(), place.position());
      var owner = found == null ? Bytes.EMPTY : found.header().owner();
      long age = Math.max(0, time.wallMicros() - place.writtenMicros());
      return new ListedChunk(id, owner, place.length(), age);
    } catch (IOException e) {
      throw new DiskException("can't read " + place.extent().fileName(), e);
    } finally {
      ChunkReader.release(place.extent());
    }
  }

  public Usage usage() {
    var sum = new Usage(0, 0, 0);
    for (ExtentFolder folder : folders) {
      sum = sum.plus(folder.usage());
    }
    return sum;
  }

  /** Names of the chunks only, for comparing what nodes hold: as {@link #list}, without a disk. */
  public List<ChunkId> names(@Nullable ChunkId after, int limit) {
    var tail = after == null ? index : index.tailMap(after, false);
    return tail.keySet().stream().limit(limit).toList();
  }

  /** Seals what can be sealed, so that the next opening is quick. */
  @Override
  public void close() {
    for (ExtentFolder folder : folders) {
      try {
        folder.close();
      } catch (IOException e) {
        throw new DiskException("can't close the chunks", e);
      }
    }
  }
}
