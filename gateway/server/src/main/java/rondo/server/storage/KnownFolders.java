package rondo.server.storage;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DurableValue;
import rondo.storage.folder.ForeignFolderException;

/**
 * A node's data folders. The first one remembers the others, those among them that an order has
 * added beside the settings, and those that an order has sent away. If one of the others is empty,
 * missing or unreadable, its disk was lost, isn't mounted or has failed. The node starts without
 * it, and its chunks are copied to the other folders. Until an operator confirms, the node doesn't
 * begin that folder anew, which might put it on the disk below the mount point. Thread-safe.
 */
final class KnownFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);
  private static final String ADDED = "folders-added";

  private final DataFolder first;
  private final List<Path> configured;
  private final List<ChunkFolder> folders = new CopyOnWriteArrayList<>();
  private final Object ordering = new Object();
  private final FolderSet used;
  private final FolderSet added;
  private final FolderSet leaving;

  /**
   * Opens the folders, the first one before the others.
   *
   * @param old whether the first has had chunks
   * @param configured the folders of the settings
   * @throws DiskException when a new folder, or another node's, can't be used
   */
  KnownFolders(DataFolder first, boolean old, List<Path> configured) {
    this.first = first;
    this.configured = List.copyOf(configured);
    folders.add(new ChunkFolder(first.path(), old, () -> first));
    boolean done = false;
    try {
      used = new FolderSet(first.value("folders"));
      added = new FolderSet(first.value(ADDED));
      leaving = new FolderSet(first.value("folders-leaving"));
      if (!old) {
        folders.getFirst().begin();
      }
      folders.getFirst().folder();
      openOthers();
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private void openOthers() {
    // From the moment that the settings name a folder, they alone decide.
    added.replace(added.names().stream().filter(it -> !isConfigured(Path.of(it))).toList());
    var others =
        Stream.concat(configured.stream().skip(1), added.names().stream().map(Path::of)).toList();
    for (Path path : others) {
      boolean known = used.has(path);
      var folder = chunkFolder(path, known);
      folders.add(folder);
      open(folder, known, isConfigured(path));
    }
    var now = new TreeSet<String>();
    others.forEach(path -> now.add(FolderSet.name(path)));
    used.replace(now);
    leaving.replace(leaving.names().stream().filter(now::contains).toList());
  }

  private ChunkFolder chunkFolder(Path path, boolean known) {
    return new ChunkFolder(path, known, () -> DataFolder.open(path, first.identity()));
  }

  private static void open(ChunkFolder folder, boolean used, boolean configured) {
    try {
      folder.folder();
    } catch (ForeignFolderException e) {
      if (configured) {
        throw e;
      }
      LOG.warn("{}", e.getMessage());
    } catch (DiskException e) {
      if (!used) {
        throw e;
      }
      LOG.warn("{}", e.getMessage());
    }
  }

  /** The folders that orders have added to a node, beside its settings. */
  static List<Path> added(Path first) {
    var set = new FolderSet(new DurableValue(first.resolve(ADDED + ".value")));
    return set.names().stream().map(Path::of).toList();
  }

  /** Held while an order about folders is carried out, one at a time. */
  Object ordering() {
    return ordering;
  }

  DataFolder first() {
    return first;
  }

  /**
   * The folders with chunks, or with chunks once they can be opened. The first data folder is the
   * first; those that leave come last, so that of a chunk that two of them have, the one that stays
   * counts.
   */
  List<ChunkFolder> chunks() {
    return folders.stream().sorted(Comparator.comparing(it -> isLeaving(it.root()))).toList();
  }

  /** The paths of all folders, the first data folder first. */
  List<Path> paths() {
    return folders.stream().map(ChunkFolder::root).toList();
  }

  /** Whether the settings name the folder. */
  boolean isConfigured(Path path) {
    return configured.stream().anyMatch(it -> FolderSet.name(it).equals(FolderSet.name(path)));
  }

  synchronized boolean isLeaving(Path path) {
    return leaving.has(path);
  }

  /**
   * Opens a further folder, and remembers it.
   *
   * @throws DiskException in one line, when it can't be used
   */
  synchronized ChunkFolder add(Path path) {
    var folder = chunkFolder(path, false);
    boolean done = false;
    try {
      folder.begin();
      used.set(path, true);
      added.set(path, true);
      done = true;
    } finally {
      if (!done) {
        folder.close();
      }
    }
    folders.add(folder);
    return folder;
  }

  /** Forgets a folder that {@link #add} opened, since the store can't use it. */
  synchronized void takeBack(ChunkFolder folder) {
    added.set(folder.root(), false);
    used.set(folder.root(), false);
    folders.remove(folder);
    folder.close();
  }

  /**
   * Remembers that a folder leaves, or stays after all.
   *
   * @throws DiskException when that can't be written
   */
  synchronized void leave(Path path, boolean leaves) {
    if (!leaves && !isConfigured(path)) {
      added.set(path, true);
    }
    leaving.set(path, leaves);
  }

  /** Forgets a folder that an order has added: the next start doesn't open it. */
  synchronized void forget(Path path) {
    added.set(path, false);
  }

  /**
   * Forgets the folders that were added by an order, were sent away, and are empty: the next start
   * doesn't open them.
   */
  synchronized void forgetEmpty(Predicate<Path> isEmpty) {
    for (String name : List.copyOf(added.names())) {
      var path = Path.of(name);
      if (leaving.has(path) && isEmpty.test(path)) {
        added.set(path, false);
        LOG.info("{} is empty, and isn't opened at the next start", path);
      }
    }
  }

  @Override
  public void close() {
    folders.forEach(ChunkFolder::close);
    first.close();
  }
}
