package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.WholeFile;

/**
 * The two copies of a folder's manifest. They are written one after the other, so that damage to
 * one leaves the other, and what only an older one names is removed when both are written: either
 * of them tells everything at any time. For one thread at a time.
 */
final class ManifestFiles {
  static final String NAME = "manifest";
  static final String COPY = "manifest.copy";
  static final String NEXT = "manifest.next";
  private static final List<String> BOTH = List.of(NAME, COPY);

  private final Disk disk;
  private @Nullable Manifest current;
  private long generation;
  private volatile boolean whole = true;

  /**
   * @param current what both copies say; null when there are none
   */
  ManifestFiles(Disk disk, @Nullable Manifest current) {
    this.disk = disk;
    this.current = current;
    this.generation = current == null ? 0 : current.generation();
  }

  /**
   * The folder's manifest, of which both copies are whole now; null when it has none.
   *
   * @throws DamageException when both are damaged
   */
  static @Nullable Manifest read(Disk disk, EngineCounters counters) throws IOException {
    List<String> names = disk.names();
    Manifest newest = null;
    DamageException damage = null;
    for (String name : BOTH) {
      try {
        Manifest found = names.contains(name) ? decode(disk, name) : null;
        if (found != null && (newest == null || found.generation() > newest.generation())) {
          newest = found;
        }
      } catch (DamageException e) {
        counters.damaged().increment();
        damage = e;
      }
    }
    if (newest == null && damage != null) {
      throw damage;
    }
    if (newest != null) {
      new ManifestFiles(disk, newest).mend();
    }
    return newest;
  }

  private static Manifest decode(Disk disk, String name) {
    String file = disk.path() + "/" + name;
    try {
      return Manifest.decode(file, WholeFile.read(disk, name));
    } catch (IOException e) {
      throw new DamageException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Of the next one: never used before, whether that is written in the end or not. */
  long nextGeneration() {
    generation++;
    return generation;
  }

  /** Whether there are two copies, as far as is known; any thread may ask. */
  boolean areWhole() {
    return whole;
  }

  /** Returns when {@code next} is the folder's manifest, on stable storage. */
  void write(Manifest next) throws IOException {
    boolean done = false;
    try {
      write(NAME, next.encode());
      write(COPY, next.encode());
      done = true;
    } finally {
      whole = done;
    }
    current = next;
  }

  private void write(String name, ByteBuffer bytes) throws IOException {
    disk.delete(NEXT);
    try (DiskFile next = disk.create(NEXT)) {
      next.write(bytes, 0);
      next.sync();
    }
    disk.rename(NEXT, name);
    disk.syncNames();
  }

  /** Writes each copy anew that isn't what was written; which they were. */
  List<String> mend() throws IOException {
    var mended = new ArrayList<String>();
    Manifest known = current;
    boolean done = false;
    try {
      for (String name : BOTH) {
        if (known != null && !isWhole(name, known)) {
          write(name, known.encode());
          mended.add(name);
        }
      }
      done = true;
    } finally {
      whole = done;
    }
    return mended;
  }

  private boolean isWhole(String name, Manifest known) {
    try {
      return WholeFile.read(disk, name).equals(known.encode());
    } catch (IOException _) {
      return false;
    }
  }
}
