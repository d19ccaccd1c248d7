package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import rondo.metadata.engine.EngineException;

/**
 * The databases in an engine's folder. The one with the highest number is in use; those before it
 * were damaged, and are kept until the rows lost with them are back. A database that is being built
 * has another name, so that an unfinished one is never taken for a database.
 *
 * <pre>
 *   NUMBER            a database
 *   NUMBER.building   being built; will get this number
 *   other files       the first database, as older versions made it
 * </pre>
 */
record RocksFolder(Path path) {
  private static final String BUILDING = ".building";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** Files of a database that lies in the folder itself. */
  private static final Pattern FILE = Pattern.compile("CURRENT|MANIFEST-.*|.*\\.(sst|log)");

  /** Files that RocksDB leaves beside a database, or before there is one; and a mount's own. */
  private static final Pattern BESIDE =
      Pattern.compile("LOCK|LOG.*|IDENTITY|OPTIONS-.*|.*\\.dbtmp|lost\\+found");

  /** Creates the folder if needed, and deletes unfinished databases in it. */
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

  /**
   * Whether the folder has never had a database.
   *
   * @throws EngineException when it has files that this program doesn't know: no empty database may
   *     begin beside one that a newer version keeps in its own way
   */
  boolean isEmpty() throws IOException {
    if (newest() != 0 || list().stream().anyMatch(it -> FILE.matcher(name(it)).matches())) {
      return false;
    }
    for (Path found : list()) {
      if (!BESIDE.matcher(name(found)).matches()) {
        throw new EngineException(
            found + " isn't known to this program: a newer version of it, or another, made it");
      }
    }
    return true;
  }

  /** Returns the path of the database in use. */
  Path current() throws IOException {
    int newest = newest();
    return newest == 0 ? path : path.resolve(Integer.toString(newest));
  }

  /** Returns the highest number; 0 when no database has a number. */
  private int newest() throws IOException {
    return list().stream()
        .map(RocksFolder::name)
        .filter(NUMBER.asMatchPredicate())
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  /** Returns the path at which to build the next database; nothing is there yet. */
  Path begin() throws IOException {
    Path building = path.resolve(newest() + 1 + BUILDING);
    delete(building);
    return building;
  }

  /** Makes {@code building}, which is closed, the database in use; durable when this returns. */
  void use(Path building) throws IOException {
    String name = name(building);
    String number = name.substring(0, name.length() - BUILDING.length());
    Files.move(building, path.resolve(number), StandardCopyOption.ATOMIC_MOVE);
    try (var names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Deletes all databases but the one in use. */
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
   * Checks that the disk has room for a copy of the database in use.
   *
   * @throws IOException when it hasn't
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
