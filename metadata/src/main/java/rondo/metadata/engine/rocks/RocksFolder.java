package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the databases of an engine are. The one with the highest number is in use; those before it
 * were damaged, and are kept until what was lost with them is back. One that is still being made
 * has another name, so that none is ever found half made.
 *
 * <pre>
 *   NUMBER            a database
 *   NUMBER.building   one that will get this number
 *   other files       the first database, as older versions made it
 * </pre>
 */
record RocksFolder(Path path) {
  private static final String BUILDING = ".building";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** Of a database that lies in the folder itself. */
  private static final Pattern FILE = Pattern.compile("CURRENT|MANIFEST-.*|.*\\.(sst|log)");

  /** Makes the folder when it isn't there, and deletes what was never finished in it. */
  static RocksFolder open(Path path) throws IOException {
    Files.createDirectories(path);
    var folder = new RocksFolder(path);
    for (Path found : folder.list()) {
      if (name(found).endsWith(BUILDING)) {
        delete(found);
      }
    }
    return folder;
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(path)) {
      return files.toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Whether there was never a database here. */
  boolean isEmpty() throws IOException {
    return newest() == 0
        && list().stream().map(RocksFolder::name).noneMatch(FILE.asMatchPredicate());
  }

  /** The database in use. */
  Path current() throws IOException {
    int newest = newest();
    return newest == 0 ? path : path.resolve(Integer.toString(newest));
  }

  /** 0 when there is only one that has none, or none at all. */
  private int newest() throws IOException {
    return list().stream()
        .map(RocksFolder::name)
        .filter(NUMBER.asMatchPredicate())
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  /** Where the next one is to be made; nothing is there. */
  Path begin() throws IOException {
    Path building = path.resolve(newest() + 1 + BUILDING);
    delete(building);
    return building;
  }

  /** From now on {@code building}, which is closed, is the one in use, also after a power cut. */
  void use(Path building) throws IOException {
    String name = name(building);
    String number = name.substring(0, name.length() - BUILDING.length());
    Files.move(building, path.resolve(number), StandardCopyOption.ATOMIC_MOVE);
    try (var names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Deletes all but the one in use. */
  void deleteOthers() throws IOException {
    Path current = current();
    if (current.equals(path)) {
      return;
    }
    for (Path found : list()) {
      boolean ours = Files.isRegularFile(found) || NUMBER.matcher(name(found)).matches();
      if (ours && !found.equals(current)) {
        delete(found);
      }
    }
  }

  /**
   * @throws IOException when the disk hasn't room for a second one as large as the one in use
   */
  void checkRoom() throws IOException {
    long needed = 0;
    try (var files = Files.list(current())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        needed += Files.size(file);
      }
    }
    long usable = Files.getFileStore(path).getUsableSpace();
    if (usable < needed) {
      throw new IOException(
          "its disk has no room for a copy of what can be read: %d bytes are needed, %d are free"
              .formatted(needed, usable));
    }
  }

  private static void delete(Path found) throws IOException {
    if (Files.isDirectory(found)) {
      try (var files = Files.list(found)) {
        for (Path file : files.toList()) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(found);
  }
}
