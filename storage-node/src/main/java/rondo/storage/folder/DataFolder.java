package rondo.storage.folder;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import rondo.metadata.disk.FolderInUseException;
import rondo.metadata.disk.FolderLock;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * A node's data folder. It belongs to one node of one cluster, and is locked against other
 * processes while it is open. Thread-safe.
 *
 * <p>The file {@code rondo-folder} has its identity: a {@link DurableValue} of lines {@code
 * name=value} with {@code format}, {@code cluster} and {@code node}. A program that finds a newer
 * format than its own leaves the folder alone.
 */
public final class DataFolder implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String IDENTITY = "rondo-folder";
  private static final String METADATA = "metadata";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final Path path;
  private final Identity identity;
  private final FolderLock lock;
  private final List<DurableValue> values = new CopyOnWriteArrayList<>();

  /**
   * The node and the cluster that a folder belongs to.
   *
   * @param cluster the cluster's id: printable, without line breaks
   */
  public record Identity(NodeId node, String cluster) {}

  private DataFolder(Path path, Identity identity, FolderLock lock) {
    this.path = path;
    this.identity = identity;
    this.lock = lock;
  }

  /**
   * Reads the identity of the folder at {@code path}; empty when it doesn't exist or is empty.
   *
   * @throws DiskException with one line that says what to do, when the folder can't be read, is not
   *     a data folder, or has a newer format
   */
  public static Optional<Identity> identity(Path path) {
    Optional<Bytes> stored = new DurableValue(path.resolve(IDENTITY)).read();
    if (stored.isEmpty()) {
      checkEmpty(path);
    }
    return stored.map(bytes -> parse(path, bytes.utf8()));
  }

  /**
   * Opens the folder of {@code identity}, and creates it when it doesn't exist or is empty. Takes
   * the rights of other users from it and all in it.
   *
   * @throws ForeignFolderException with one line that says what to do, when the folder belongs to
   *     another node or cluster, is in use, or has a newer format
   * @throws DiskException with one line that says what to do, when the folder can't be read or
   *     written
   */
  public static DataFolder open(Path path, Identity identity) {
    Optional<Identity> stored = identity(path);
    stored.ifPresent(found -> checkSame(path, found, identity));
    FolderLock lock = lock(path);
    if (stored.isEmpty()) {
      new DurableValue(path.resolve(IDENTITY)).write(Bytes.utf8(format(identity)));
    }
    return new DataFolder(path, identity, lock);
  }

  /**
   * Whether the folder has any metadata. A node that finds its folder without metadata has lost its
   * rows and promises.
   */
  public static boolean hasMetadata(Path path) {
    Path metadata = path.resolve(METADATA);
    try (var files = Files.newDirectoryStream(metadata)) {
      return files.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new DiskException("can't read " + metadata + ": " + e.getMessage(), e);
    }
  }

  /** Removes the folder's identity and what its node remembered of the cluster; the chunks stay. */
  public static void disown(Path path) {
    try {
      for (String name : List.of("layout.value", "lives.value", IDENTITY)) {
        Files.deleteIfExists(path.resolve(name));
      }
    } catch (IOException e) {
      throw new DiskException("can't write to " + path + ": " + e.getMessage(), e);
    }
  }

  public Path path() {
    return path;
  }

  public Identity identity() {
    return identity;
  }

  /** Returns the folder of the metadata engine. */
  public Path metadata() {
    return path.resolve(METADATA);
  }

  /** Returns the folder of the extents. */
  public Path extents() {
    return path.resolve("extents");
  }

  /**
   * Returns a small value that survives restarts.
   *
   * @param name lower-case letters, digits and dashes
   */
  public DurableValue value(String name) {
    if (!NAME.matcher(name).matches() || name.equals(IDENTITY)) {
      throw new IllegalArgumentException(name);
    }
    var value = new DurableValue(path.resolve(name + ".value"));
    values.add(value);
    return value;
  }

  /** Unlocks the folder. Its values refuse writes from now on. */
  @Override
  public void close() {
    values.forEach(DurableValue::close);
    try {
      lock.close();
    } catch (IOException e) {
      throw new DiskException("can't unlock " + path + ": " + e.getMessage(), e);
    }
  }

  private static String format(Identity identity) {
    return "format=%d\ncluster=%s\nnode=%s\n"
        .formatted(FORMAT, identity.cluster(), identity.node());
  }

  private static Identity parse(Path path, String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
      int format = Integer.parseInt(properties.getProperty("format", "0"));
      if (format > FORMAT) {
        throw new ForeignFolderException(
            "%s was written by a newer version of Rondo (folder format %d, this one knows %d): start that version or choose another --data"
                .formatted(path, format, FORMAT));
      }
      long node = Long.parseUnsignedLong(properties.getProperty("node", ""), 16);
      return new Identity(new NodeId(node), properties.getProperty("cluster", ""));
    } catch (IOException | IllegalArgumentException e) {
      throw new ForeignFolderException(
          path.resolve(IDENTITY) + " can't be understood: restore it or choose another --data", e);
    }
  }

  private static void checkSame(Path path, Identity found, Identity wanted) {
    if (!found.cluster().equals(wanted.cluster())) {
      throw new ForeignFolderException(
          "%s belongs to another cluster (%s, this one is %s): choose another --data"
              .formatted(path, found.cluster(), wanted.cluster()));
    }
    if (!found.node().equals(wanted.node())) {
      throw new ForeignFolderException(
          "%s belongs to another node (%s, this one is %s): choose another --data"
              .formatted(path, found.node(), wanted.node()));
    }
  }

  /** Refuses a folder that has other files: most likely a wrong argument. */
  private static void checkEmpty(Path path) {
    if (Files.exists(path) && Files.exists(path.resolve("metadata"))) {
      throw new ForeignFolderException(
          "%s holds metadata but no %s: restore that file or choose another --data"
              .formatted(path, IDENTITY));
    }
  }

  private static FolderLock lock(Path path) {
    try {
      PrivateFolder.make(path);
      FolderLock lock = FolderLock.take(path);
      PrivateFolder.mend(path);
      return lock;
    } catch (FolderInUseException e) {
      throw new ForeignFolderException(
          path + " is in use by another process: stop that one or choose another --data", e);
    } catch (IOException e) {
      throw new DiskException("can't write to " + path + ": " + e.getMessage(), e);
    }
  }
}
