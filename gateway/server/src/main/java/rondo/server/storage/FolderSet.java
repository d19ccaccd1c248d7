package rondo.server.storage;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DurableValue;

/** A set of folders that survives restarts: a line each, their whole paths. Not thread-safe. */
final class FolderSet {
  private final DurableValue value;
  private final SortedSet<String> names = new TreeSet<>();

  /**
   * Reads the set.
   *
   * @throws rondo.storage.folder.DiskException when it can't be read
   */
  FolderSet(DurableValue value) {
    this.value = value;
    value.read().ifPresent(bytes -> names.addAll(bytes.utf8().lines().toList()));
  }

  /** Returns the name of a folder: its whole path. */
  static String name(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  boolean has(Path path) {
    return names.contains(name(path));
  }

  SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * Adds a folder or takes it out, durably.
   *
   * @throws rondo.storage.folder.DiskException when that can't be written
   */
  void set(Path path, boolean within) {
    var next = new TreeSet<>(names);
    if (within) {
      next.add(name(path));
    } else {
      next.remove(name(path));
    }
    replace(next);
  }

  /** Replaces the set, durably; writes nothing when it is the same. */
  void replace(Collection<String> next) {
    var wanted = new TreeSet<>(next);
    if (!wanted.equals(names)) {
      value.write(Bytes.utf8(String.join("\n", wanted)));
      names.clear();
      names.addAll(wanted);
    }
  }
}
