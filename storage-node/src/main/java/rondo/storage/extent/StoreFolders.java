package rondo.storage.extent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rondo.metadata.disk.Disk;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.chunk.StorageUsage;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.extent.upkeep.Scrub;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;
import rondo.storage.folder.DiskSource;

/**
 * All folders of a store, open or not; further ones are added at the end. Thread-safe.
 *
 * @param shared the parameters of each of them
 */
record StoreFolders(List<StoreFolder> all, StoreFolder.Shared shared) {
  /** Makes the folders of a store, none of them open yet. */
  static StoreFolders of(List<? extends DiskSource> sources, StoreFolder.Shared shared) {
    var all = sources.stream().map(source -> new StoreFolder(source, shared)).toList();
    return new StoreFolders(new CopyOnWriteArrayList<>(all), shared);
  }

  /** Returns sources of the operating system's folders, which are created if needed. */
  static List<DiskSource> real(List<Path> folders) {
    return folders.stream()
        .map(folder -> source(folder.toString(), () -> DiskSource.folder(folder)))
        .toList();
  }

  /** Returns sources of disks that are open. */
  static List<DiskSource> given(List<Disk> disks) {
    return disks.stream().map(disk -> source(disk.path(), () -> disk)).toList();
  }

  private static DiskSource source(String path, Supplier<Disk> disk) {
    return new DiskSource() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public Disk open() {
        return disk.get();
      }
    };
  }

  /**
   * Opens all folders.
   *
   * @throws DiskException when one of them can't be opened
   */
  void openAll() {
    all.forEach(StoreFolder::open);
  }

  /**
   * Opens the folders that can be opened now.
   *
   * @throws DiskException when none can be opened
   */
  void openSome() {
    DiskException failure = null;
    for (StoreFolder folder : all) {
      try {
        folder.open();
      } catch (DiskException e) {
        failure = e;
      }
    }
    if (failure != null && opened().isEmpty()) {
      throw failure;
    }
  }

  /** Returns the open folders, each with its compaction and scrub. */
  List<StoreFolder.Open> opened() {
    return all.stream().map(StoreFolder::now).filter(Objects::nonNull).toList();
  }

  /** Returns the scrub of each open folder. */
  List<Scrub> scrubs() {
    return opened().stream().map(StoreFolder.Open::scrub).toList();
  }

  /** Scrubs all open folders once, on this thread, without a bound on the rate. */
  void readAll() {
    for (Scrub scrub : scrubs()) {
      scrub.ask();
      scrub.beginIfDue(Duration.ZERO);
      while (scrub.step() > 0) {
        // Read on to the end.
      }
    }
  }

  /** Returns the open folders. */
  Stream<ExtentFolder> stream() {
    return opened().stream().map(StoreFolder.Open::folder);
  }

  /** Returns the findings of opening the folders, added up. */
  RecoveryFindings recovered() {
    return stream()
        .map(ExtentFolder::recovered)
        .reduce(new RecoveryFindings(0, 0, 0, 0), RecoveryFindings::plus);
  }

  /** Returns the use of space in the open folders, added up. */
  StorageUsage usage() {
    return stream()
        .map(ExtentFolder::usage)
        .reduce(new StorageUsage(0, 0, 0, 0), StorageUsage::plus);
  }

  /**
   * Returns a line for each folder that isn't open, takes no more writes or can't be read in parts.
   */
  List<String> failures() {
    return all.stream().flatMap(folder -> folder.failures().stream()).toList();
  }

  /**
   * Whether chunks there count as held. Those on a failed disk don't while another disk of this
   * node works, so that repair brings them here again.
   */
  boolean isHeld(Extent extent) {
    return extent.folder().health().failure() == null || !haveSound();
  }

  /** Whether at least one folder is open and takes writes. */
  boolean haveSound() {
    return all.stream().anyMatch(StoreFolder::isSound);
  }

  private record Room(ExtentFolder folder, long freeBytes) {}

  /**
   * Returns the folder with the most free space.
   *
   * @param recordBytes that it must have room for
   * @param isFull whether the folder of a path is left out
   * @throws DiskFullException when no folder has room
   * @throws DiskException when no folder can be written
   */
  ExtentFolder roomiest(int recordBytes, Predicate<String> isFull) {
    int count = all.size();
    List<ExtentFolder> sound =
        stream().filter(folder -> folder.health().failure() == null).toList();
    if (sound.isEmpty()) {
      throw new DiskException("every disk of this node has failed");
    }
    // The room is asked for once: a folder that is sent away meanwhile refuses the record itself.
    Room best =
        sound.stream()
            .filter(folder -> !isFull.test(folder.path()))
            .map(folder -> new Room(folder, folder.freeBytes()))
            .max(Comparator.comparingLong(Room::freeBytes))
            .orElse(null);
    if (best != null && best.freeBytes() >= recordBytes) {
      return best.folder();
    }
    if (all.size() > count) {
      return roomiest(recordBytes, isFull);
    }
    throw new DiskFullException("the disks of this node are full");
  }

  /**
   * Closes all folders.
   *
   * @throws DiskException when one can't be closed
   */
  void close() {
    for (StoreFolder folder : all) {
      try {
        folder.close();
      } catch (IOException e) {
        throw new DiskException("can't close the chunks", e);
      }
    }
  }
}
