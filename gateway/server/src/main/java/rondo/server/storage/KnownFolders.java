package rondo.server.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.ForeignFolderException;

/**
 * A node's data folders. The first one remembers the others. If one of the others is empty, missing
 * or unreadable, its disk was lost, isn't mounted or has failed. The node starts without it, and
 * its chunks are copied to the other folders. Until an operator confirms, the node doesn't begin
 * that folder anew, which might put it on the disk below the mount point.
 */
final class KnownFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);

  private final DataFolder first;
  private final List<ChunkFolder> folders = new ArrayList<>();

  /**
   * Opens the folders, the first one before the others.
   *
   * @param used whether the first has had chunks
   * @throws DiskException when a new folder, or another node's, can't be used
   */
  KnownFolders(DataFolder first, boolean used, List<Path> paths) {
    this.first = first;
    folders.add(new ChunkFolder(first.path(), used, () -> first));
    boolean done = false;
    try {
      if (!used) {
        folders.getFirst().begin();
      }
      folders.getFirst().folder();
      open(paths.subList(1, paths.size()));
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private void open(List<Path> others) {
    var value = first.value("folders");
    var known = new TreeSet<String>();
    value.read().ifPresent(bytes -> known.addAll(bytes.utf8().lines().toList()));
    var now = new TreeSet<String>();
    for (Path path : others) {
      String name = path.toAbsolutePath().normalize().toString();
      now.add(name);
      boolean used = known.contains(name);
      var folder = new ChunkFolder(path, used, () -> DataFolder.open(path, first.identity()));
      folders.add(folder);
      open(folder, used);
    }
    if (!now.equals(known)) {
      value.write(Bytes.utf8(String.join("\n", now)));
    }
  }

  private static void open(ChunkFolder folder, boolean used) {
    try {
      folder.folder();
    } catch (ForeignFolderException e) {
      throw e;
    } catch (DiskException e) {
      if (!used) {
        throw e;
      }
      LOG.warn("{}", e.getMessage());
    }
  }

  DataFolder first() {
    return first;
  }

  /**
   * The folders with chunks, or with chunks once they can be opened; the first data folder first.
   */
  List<ChunkFolder> chunks() {
    return List.copyOf(folders);
  }

  @Override
  public void close() {
    folders.forEach(ChunkFolder::close);
    first.close();
  }
}
