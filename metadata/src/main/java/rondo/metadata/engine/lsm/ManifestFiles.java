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
 * one leaves the other; files that only an older manifest names are removed after both are written,
 * so that either copy is complete at any time. For one thread at a time.
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
   * @param current the manifest that both copies have; null when there is none
   */
  ManifestFiles(Disk disk, @Nullable Manifest current) {
    this.disk = disk;
    this.current = current;
    this.generation = current == null ? 0 : current.generation();
  }

  /**
   * Reads the folder's manifest, and rewrites a missing, damaged or older copy; null when there is
   * no manifest.
   *
   * @throws DamageException when both copies are damaged
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

  /**
   * Returns the generation of the next manifest: never used before, whether that manifest gets
   * written or not.
   */
  long nextGeneration() {
    generation++;
    return generation;
  }

  /** Whether both copies exist and are not known to be damaged. Any thread may call this. */
  boolean areWhole() {
    return whole;
  }

  /** Returns once {@code next} is the folder's manifest, on stable storage. */
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

  /** Rewrites each copy that is missing or damaged, and returns the names of those. */
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
