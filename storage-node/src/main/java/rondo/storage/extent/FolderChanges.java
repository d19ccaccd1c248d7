package rondo.storage.extent;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskSource;

/** Takes folders into a store that is open, and out of it. Thread-safe. */
public final class FolderChanges {
  private final StoreFolders folders;
  private volatile Consumer<StoreFolder> added = _ -> {};
  private volatile Runnable ordered = () -> {};

  FolderChanges(StoreFolders folders) {
    this.folders = folders;
  }

  /**
   * Sets the listeners.
   *
   * @param added called with each further folder
   * @param ordered called after each other order
   */
  void follow(Consumer<StoreFolder> added, Runnable ordered) {
    this.added = added;
    this.ordered = ordered;
  }

  /**
   * Opens a further folder, whose chunks can be read and which takes new ones from then on.
   *
   * @throws DiskException when it can't be opened: then the store doesn't have it
   */
  public void add(DiskSource source) {
    var folder = new StoreFolder(source, folders.shared());
    folder.open();
    folders.all().add(folder);
    added.accept(folder);
  }

  /**
   * Orders a folder away, or takes the order back. A folder that leaves takes no new chunks; those
   * that it has move to others, as far as these have room. Nothing of this outlasts the store: it
   * is ordered again after each opening.
   *
   * @param path of the folder's source
   */
  public void leave(String path, boolean leaves) {
    folders.all().stream()
        .filter(folder -> folder.path().equals(path))
        .forEach(folder -> folder.leave(leaves));
    ordered.run();
  }

  /** Returns the folders that leave. */
  public List<LeavingFolder> leaving() {
    return folders.all().stream().map(StoreFolder::leaving).filter(Objects::nonNull).toList();
  }

  /** Returns how many bytes of records were moved out of folders since the start. */
  long movedBytes() {
    return folders.opened().stream().mapToLong(open -> open.drain().movedBytes()).sum();
  }

  /** Whether the folder of this path is open. */
  public boolean isOpen(String path) {
    return folders.all().stream()
        .anyMatch(folder -> folder.path().equals(path) && folder.now() != null);
  }

  /** Returns the bytes of a folder's chunks; 0 while it isn't open. */
  public long liveBytes(String path) {
    return folders.all().stream()
        .filter(folder -> folder.path().equals(path))
        .mapToLong(folder -> folder.ask(now -> now.folder().usage().liveBytes(), 0L))
        .sum();
  }
}
