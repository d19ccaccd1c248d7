package rondo.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DiskException;

/**
 * A folder that an operator wants to add to a node.
 *
 * @param path the whole path
 */
record FolderCandidate(Path path) {
  /**
   * Checks that the folder may be added.
   *
   * @throws IllegalArgumentException with a sentence, when it may not
   */
  void check(KnownFolders known) {
    for (Path other : known.paths()) {
      if (isSame(other)) {
        throw new IllegalArgumentException(
            known.isLeaving(other)
                ? "'%s' is a data folder of this node, and leaves: 'rondo disk drain %s --cancel' keeps it"
                    .formatted(path, path)
                : "'%s' is a data folder of this node already".formatted(path));
      }
      Path there = Path.of(FolderSet.name(other));
      if (path.startsWith(there) || there.startsWith(path)) {
        throw new IllegalArgumentException(
            "'%s' and '%s' lie one within the other: name another folder".formatted(path, other));
      }
    }
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "'%s' is missing, or is no folder: mount the disk, and make the folder".formatted(path));
    }
    checkContents();
  }

  private void checkContents() {
    try {
      if (DataFolder.hasMetadata(path)) {
        throw new IllegalArgumentException(
            "'%s' has the metadata of a node: name an empty folder".formatted(path));
      }
      if (DataFolder.identity(path).isEmpty() && !isEmpty()) {
        throw new IllegalArgumentException(
            "'%s' isn't empty, and isn't this node's: name an empty folder".formatted(path));
      }
    } catch (DiskException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private boolean isEmpty() {
    try (Stream<Path> inside = Files.list(path)) {
      return inside.allMatch(it -> it.endsWith("lost+found"));
    } catch (IOException e) {
      throw new IllegalArgumentException("can't read '%s': %s".formatted(path, e), e);
    }
  }

  /** Whether it is this data folder, perhaps under another name. */
  boolean isSame(Path folder) {
    try {
      return FolderSet.name(path).equals(FolderSet.name(folder)) || Files.isSameFile(path, folder);
    } catch (IOException e) {
      return false; // One of them is missing.
    }
  }

  /** Whether both are on one disk. */
  boolean isOnDiskOf(Path folder) {
    try {
      return Files.getFileStore(path).equals(Files.getFileStore(folder));
    } catch (IOException e) {
      return false; // One of them is missing.
    }
  }
}
