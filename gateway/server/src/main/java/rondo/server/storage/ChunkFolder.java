package rondo.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskSource;

/**
 * A folder for a node's chunks. It is opened once it is there and belongs to the node. Used by one
 * thread at a time.
 */
final class ChunkFolder implements DiskSource, AutoCloseable {
  /** A file of this name in an empty folder confirms that the folder is empty on purpose. */
  static final String NEW = "rondo-new";

  private final Path path;
  private final boolean known;
  private final Supplier<DataFolder> opening;
  private @Nullable DataFolder folder;

  /**
   * @param known whether this node has had chunks there
   */
  ChunkFolder(Path path, boolean known, Supplier<DataFolder> opening) {
    this.path = path;
    this.known = known;
    this.opening = opening;
  }

  @Override
  public String path() {
    return extents(path);
  }

  /** The path by which the store knows a data folder. */
  static String extents(Path folder) {
    return folder.resolve("extents").toString();
  }

  /** The data folder's path, as it was given. */
  Path root() {
    return path;
  }

  /**
   * Opens the folder, without its chunks, unless it is open.
   *
   * @throws DiskException in one line that says what to do
   */
  DataFolder folder() {
    DataFolder open = folder;
    if (open == null) {
      if (known && isLost()) {
        throw new DiskException(
            "%s is empty or missing, but this node has used it: mount it, or make the file %s to begin it anew"
                .formatted(path, path.resolve(NEW)));
      }
      open = opening.get();
      folder = open;
    }
    return open;
  }

  boolean isThere() {
    return folder != null;
  }

  /** Starts an empty set of chunks in the folder. */
  void begin() {
    try {
      Files.createDirectories(folder().extents());
    } catch (IOException e) {
      throw new DiskException("can't write to " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Disk open() {
    DataFolder open = folder();
    if (known && !Files.isDirectory(open.extents()) && !Files.exists(path.resolve(NEW))) {
      throw new DiskException(
          "%s is missing, but this node has used it: bring it back, or make the file %s to begin it anew"
              .formatted(open.extents(), path.resolve(NEW)));
    }
    Disk disk = DiskSource.folder(open.extents());
    try {
      Files.deleteIfExists(path.resolve(NEW));
    } catch (IOException e) {
      throw new DiskException("can't write to " + path + ": " + e.getMessage(), e);
    }
    return disk;
  }

  private boolean isLost() {
    return DataFolder.identity(path).isEmpty() && !Files.exists(path.resolve(NEW));
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
