package rondo.gateway.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.register.Bytes;
import rondo.storage.disk.DataFolder;

/**
 * Opens a node's folders. The first one remembers the others: one of them that is empty or missing
 * is a disk that was lost or isn't mounted, and is not filled anew (on the disk below, perhaps)
 * before somebody says so. What it had is brought to the others.
 */
final class KnownFolders {
  /** A file of this name in an empty folder says that it is meant to be. */
  static final String NEW = "rondo-new";

  private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);

  private final DataFolder first;
  private final List<DataFolder> folders = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  KnownFolders(DataFolder first) {
    this.first = first;
    folders.add(first);
  }

  List<DataFolder> folders() {
    return List.copyOf(folders);
  }

  /** Of each folder that isn't used, what to do, in one line. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** Opens the paths after the first. */
  void open(List<Path> paths, DataFolder.Identity identity) {
    var value = first.value("folders");
    var known = new TreeSet<String>();
    value.read().ifPresent(bytes -> known.addAll(bytes.utf8().lines().toList()));
    var now = new TreeSet<String>();
    for (Path path : paths.subList(1, paths.size())) {
      String name = path.toAbsolutePath().normalize().toString();
      now.add(name);
      if (known.contains(name) && isLost(path)) {
        lost.add(
            "%s is empty or missing, but this node has used it: mount it and start again, or make the file %s to begin it anew"
                .formatted(path, path.resolve(NEW)));
        LOG.warn("{}", lost.getLast());
      } else {
        folders.add(DataFolder.open(path, identity));
        begun(path);
      }
    }
    if (!now.equals(known)) {
      value.write(Bytes.utf8(String.join("\n", now)));
    }
  }

  private static boolean isLost(Path path) {
    return DataFolder.identity(path).isEmpty() && !Files.exists(path.resolve(NEW));
  }

  private static void begun(Path path) {
    try {
      Files.deleteIfExists(path.resolve(NEW));
    } catch (IOException e) {
      throw new StartException("can't write to " + path + ": " + e.getMessage(), e);
    }
  }
}
