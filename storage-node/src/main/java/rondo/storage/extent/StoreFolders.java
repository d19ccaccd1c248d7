package rondo.storage.extent;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rondo.metadata.disk.Disk;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.folder.DiskException;
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
}
