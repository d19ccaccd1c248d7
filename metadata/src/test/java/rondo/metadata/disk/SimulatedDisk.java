package rondo.metadata.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import rondo.metadata.disk.DiskFaults.Effect;

/**
 * A disk in memory that fails as real ones do. All tests of the house use it, so that it alone
 * defines how power failures, failed syncs and full disks affect files. Thread-safe.
 *
 * <ul>
 *   <li>A power failure loses or keeps, at random and in any order, each unsynced name and each
 *       unsynced sector. No operation works after it.
 *   <li>A failed write has written its first half.
 *   <li>A failed sync forgets the writes that it should have made durable: they may be on the disk
 *       or not, and the next sync succeeds, as with Linux.
 *   <li>Chosen syncs do nothing and succeed.
 *   <li>There are errors of the disk, lack of space, read-only file systems, files that can't be
 *       read for a while or for good, and flipped bits.
 * </ul>
 */
public final class SimulatedDisk implements Disk {
  private static final long BYTES = 1L << 40;

  /** The fault at the chosen operation. */
  public enum Fault {
    /** Power fails: from then on nothing works. */
    POWER,
    /** The disk errs: this one operation fails. */
    EIO,
    /** The disk is full: from then on nothing can be written; files can be read and removed. */
    ENOSPC
  }

  /** Chooses the syncs to skip; an operation looks like {@code sync 000000000001.log}. */
  private final Predicate<String> skipped;

  private final DiskFaults faults;
  private final String path;
  private final TreeMap<String, SimulatedBytes> names = new TreeMap<>();
  private final TreeMap<String, SimulatedBytes> durableNames = new TreeMap<>();

  /** Changes since the last sync of names, in their order. */
  private final List<NameChange> changes = new ArrayList<>();

  private long usableBytes = BYTES;

  private record NameChange(String name, SimulatedBytes bytes, boolean added) {
    void make(Map<String, SimulatedBytes> names) {
      if (added) {
        names.put(name, bytes);
      } else {
        names.remove(name, bytes);
      }
    }
  }

  public SimulatedDisk() {
    this(operation -> false);
  }

  /**
   * @param skipped chooses syncs that do nothing and succeed
   */
  public SimulatedDisk(Predicate<String> skipped) {
    this(skipped, new DiskFaults(), "simulated");
  }

  private SimulatedDisk(Predicate<String> skipped, DiskFaults faults, String path) {
    this.skipped = skipped;
    this.faults = faults;
    this.path = path;
  }

  /**
   * Returns another, empty disk of this machine: its operations count together with this one's, and
   * it has the same faults, at the same moment. For one thread.
   */
  public SimulatedDisk beside(String path) {
    return new SimulatedDisk(skipped, faults, path);
  }

  /** Makes {@code fault} happen after so many more operations. */
  public synchronized void failAfter(long more, Fault fault) {
    faults.failAfter(more, fault);
  }

  /** Makes {@code fault} happen after so many more changes. */
  public synchronized void failChangeAfter(long more, Fault fault) {
    faults.failChangeAfter(more, fault);
  }

  /** Makes every change fail from now on, or none. */
  public synchronized void readOnly(boolean now) {
    faults.readOnly(now);
  }

  /** Makes every sync of a file fail from now on, or none. */
  public synchronized void failSyncs(boolean now) {
    faults.failSyncs(now);
  }

  /** Makes every read of these files fail, and of no others. */
  public synchronized void failReads(Predicate<String> files) {
    faults.failReads(files, false);
  }

  /** Makes every read of these files fail until names are synced again. */
  public synchronized void failReadsForAWhile(Predicate<String> files) {
    faults.failReads(files, true);
  }

  /** Sets how many bytes the disk reports as free. */
  public synchronized void usable(long bytes) {
    usableBytes = bytes;
  }

  /** Flips a bit of a file on the disk. */
  public synchronized void flip(String name, long offset, int bit) {
    at(name).flip(offset, bit);
  }

  /** Returns the number of operations so far. */
  public synchronized int operations() {
    return faults.operations();
  }

  /** Returns the number of operations so far that changed names or bytes, or made them durable. */
  public synchronized int changes() {
    return faults.changes();
  }

  /** Returns the names of the files, for tests; doesn't count as an operation. */
  public synchronized List<String> files() {
    return List.copyOf(names.keySet());
  }

  public synchronized int size(String name) {
    return at(name).size();
  }

  /** Returns how many bytes all files have together. */
  public synchronized long storedBytes() {
    return names.values().stream().mapToLong(SimulatedBytes::size).sum();
  }

  private SimulatedBytes at(String name) {
    try {
      return find(name);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** Returns the disk as it is when power comes back; this one is dead from now on. */
  public synchronized SimulatedDisk afterPowerFailure(Random random) {
    faults.kill();
    return image(random);
  }

  /** Returns the disk as a power failure would leave it now; this one goes on. */
  public synchronized SimulatedDisk image(Random random) {
    var next = new SimulatedDisk(skipped, new DiskFaults(), path);
    keptNames(random)
        .forEach((name, bytes) -> next.names.put(name, bytes.afterPowerFailure(random)));
    next.durableNames.putAll(next.names);
    return next;
  }

  /** Keeps all changes of names, or none, or each at random. */
  private Map<String, SimulatedBytes> keptNames(Random random) {
    var kept = new TreeMap<>(durableNames);
    int all = random.nextInt(6);
    for (NameChange change : changes) {
      if (all == 0 || (all > 1 && random.nextBoolean())) {
        change.make(kept);
      }
    }
    return kept;
  }

  @Override
  public synchronized DiskFile create(String name) throws IOException {
    faults.operation("create " + name, Effect.TAKES_SPACE);
    if (names.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    return add(name);
  }

  private DiskFile add(String name) {
    var bytes = new SimulatedBytes();
    names.put(name, bytes);
    changes.add(new NameChange(name, bytes, true));
    return new SimulatedFile(name, bytes);
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    faults.operation("open " + name, Effect.NONE);
    return new SimulatedFile(name, find(name));
  }

  @Override
  public synchronized DiskFile openOrCreate(String name) throws IOException {
    SimulatedBytes bytes = names.get(name);
    faults.operation("open " + name, bytes == null ? Effect.TAKES_SPACE : Effect.NONE);
    return bytes == null ? add(name) : new SimulatedFile(name, bytes);
  }

  private SimulatedBytes find(String name) throws NoSuchFileException {
    SimulatedBytes bytes = names.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name);
    }
    return bytes;
  }

  @Override
  public synchronized List<String> names() throws IOException {
    faults.operation("names", Effect.NONE);
    return files();
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    faults.operation("rename " + to, Effect.TAKES_SPACE);
    SimulatedBytes bytes = find(from);
    names.remove(from);
    names.put(to, bytes);
    changes.add(new NameChange(from, bytes, false));
    changes.add(new NameChange(to, bytes, true));
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    SimulatedBytes bytes = names.get(name);
    faults.operation("delete " + name, bytes == null ? Effect.NONE : Effect.CHANGES);
    if (bytes != null) {
      names.remove(name);
      changes.add(new NameChange(name, bytes, false));
    }
  }

  @Override
  public synchronized void syncNames() throws IOException {
    faults.operation("sync names", Effect.CHANGES);
    faults.namesSynced();
    if (!skipped.test("sync names")) {
      durableNames.clear();
      durableNames.putAll(names);
      changes.clear();
    }
  }

  @Override
  public synchronized long usableBytes() throws IOException {
    faults.operation("usable", Effect.NONE);
    return usableBytes;
  }

  @Override
  public long totalBytes() {
    return BYTES;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void close() {}

  private final class SimulatedFile implements DiskFile {
    private final String name;
    private final SimulatedBytes bytes;

    SimulatedFile(String name, SimulatedBytes bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        faults.operation("read " + name, Effect.NONE);
        faults.checkRead(name);
        return bytes.read(into, position);
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        var written = new byte[from.remaining()];
        from.get(written);
        int before = faults.changes();
        try {
          faults.operation("write " + name, Effect.TAKES_SPACE);
        } catch (IOException e) {
          if (faults.changes() > before) {
            bytes.write(Arrays.copyOf(written, written.length / 2), position);
          }
          throw e;
        }
        bytes.write(written, position);
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        try {
          faults.operation("sync " + name, Effect.CHANGES);
          faults.checkSync(name);
        } catch (IOException e) {
          if (!faults.isDead()) {
            bytes.failSync();
          }
          throw e;
        }
        if (!skipped.test("sync " + name)) {
          bytes.sync();
        }
      }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      synchronized (SimulatedDisk.this) {
        faults.operation("truncate " + name, Effect.CHANGES);
        bytes.truncate(sizeBytes);
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedDisk.this) {
        faults.check();
        return bytes.size();
      }
    }

    @Override
    public void close() {}
  }
}
