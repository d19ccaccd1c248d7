package rondo.storage.extent;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rondo.metadata.disk.Disk;
import rondo.storage.chunk.RecoveryFindings;
import rondo.storage.chunk.StorageUsage;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;
import rondo.storage.folder.DiskSource;

/** The folders of a store, open or not. Thread-safe. */
record StoreFolders(List<StoreFolder> all) {
  static StoreFolders of(List<? extends DiskSource> sources, StoreFolder.Shared shared) {
    return new StoreFolders(
        sources.stream().map(source -> new StoreFolder(source, shared)).toList());
  }

  /** Folders that are made if they aren't there. */
  static List<DiskSource> real(List<Path> folders) {
    return folders.stream()
        .map(folder -> source(folder.toString(), () -> DiskSource.folder(folder)))
        .toList();
  }

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
   * @throws DiskException when one can't be opened
   */
  void openAll() {
    all.forEach(StoreFolder::open);
  }

  /**
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

  List<StoreFolder.Open> opened() {
    return all.stream().map(StoreFolder::now).filter(Objects::nonNull).toList();
  }

  /** Those that are open. */
  Stream<ExtentFolder> stream() {
    return opened().stream().map(StoreFolder.Open::folder);
  }

  /** The findings of the open folders' recoveries, added up. */
  RecoveryFindings recovered() {
    return stream()
        .map(ExtentFolder::recovered)
        .reduce(new RecoveryFindings(0, 0, 0, 0), RecoveryFindings::plus);
  }

  /** The contents of the open folders, added up. */
  StorageUsage usage() {
    return stream()
        .map(ExtentFolder::usage)
        .reduce(new StorageUsage(0, 0, 0, 0), StorageUsage::plus);
  }

  /** A line for each folder that isn't open, takes no more writes or can't be read in parts. */
  List<String> failures() {
    return all.stream().flatMap(folder -> folder.failures().stream()).toList();
  }

  /** Whether everything in at least one of the folders can be read and written. */
  boolean haveSound() {
    return all.stream().anyMatch(StoreFolder::isSound);
  }

  /**
   * The folder with the most free space.
   *
   * @param recordBytes that it must have room for
   * @throws DiskFullException when no folder has room
   * @throws DiskException when no folder can be written
   */
  ExtentFolder roomiest(int recordBytes) {
    ExtentFolder best =
        stream()
            .filter(folder -> folder.health().failure() == null)
            .max(Comparator.comparingLong(ExtentFolder::freeBytes))
            .orElseThrow(() -> new DiskException("every disk of this node has failed"));
    if (best.freeBytes() < recordBytes) {
      throw new DiskFullException("the disks of this node are full");
    }
    return best;
  }
}
