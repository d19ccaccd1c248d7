package rondo.metadata.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * A disk in memory that can lose its power at any operation. What was not synced is then lost or
 * kept at random, sector by sector, whatever the order it was written in; names too. A sync that is
 * made to fail forgets what it should have made durable, and the next one says that all is well, as
 * Linux does. Thread-safe.
 */
public final class SimulatedDisk implements Disk {
  private static final int SECTOR = 512;

  /** What happens at the chosen operation. */
  public enum Fault {
    /** From then on nothing works. */
    POWER,
    /** This one operation fails. */
    EIO,
    /** From then on nothing can be written; what is there can be read and removed. */
    ENOSPC
  }

  /** An operation, as a predicate may choose it: {@code sync 000000000001.log}. */
  private final Predicate<String> skipped;

  private final TreeMap<String, Content> names = new TreeMap<>();
  private final TreeMap<String, Content> durableNames = new TreeMap<>();
  private final List<NameChange> changes = new ArrayList<>();
  private Fault fault = Fault.POWER;
  private int left = Integer.MAX_VALUE;
  private int operations;
  private boolean dead;
  private boolean full;
  private @Nullable String unreadable;

  public SimulatedDisk() {
    this(operation -> false);
  }

  /**
   * @param skipped which syncs do nothing, and say that all is well
   */
  public SimulatedDisk(Predicate<String> skipped) {
    this.skipped = skipped;
  }

  private record NameChange(String name, Content content, boolean added) {}

  private record Write(long position, Bytes bytes) {}

  private static final class Content {
    private byte[] now = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Write> pending = new ArrayList<>();
  }

  /** Lets {@code fault} happen at the operation that comes after so many others. */
  public synchronized void failAfter(int more, Fault how) {
    left = more;
    fault = how;
  }

  /** Lets every read of files whose names end so fail until names are synced the next time. */
  public synchronized void failReads(String ending) {
    unreadable = ending;
  }

  /** How many operations there were. */
  public synchronized int operations() {
    return operations;
  }

  /** What the disk has when its power comes back; this one is dead from now on. */
  public synchronized SimulatedDisk afterPowerFailure(Random random) {
    dead = true;
    var next = new SimulatedDisk(skipped);
    var kept = new TreeMap<>(durableNames);
    for (NameChange change : changes) {
      if (random.nextBoolean()) {
        if (change.added()) {
          kept.put(change.name(), change.content());
        } else {
          kept.remove(change.name(), change.content());
        }
      }
    }
    kept.forEach((name, content) -> {
      var after = new Content();
      after.durable = torn(content, random);
      after.now = after.durable.clone();
      next.names.put(name, after);
    });
    next.durableNames.putAll(next.names);
    return next;
  }

  private static byte[] torn(Content content, Random random) {
    byte[] bytes = content.durable.clone();
    for (Write write : content.pending) {
      int keep = random.nextInt(3); // none, all, or some of it
      for (int at = 0; at < write.bytes().length(); at += SECTOR) {
        int length = Math.min(SECTOR, write.bytes().length() - at);
        if (keep == 1 || (keep == 2 && random.nextBoolean())) {
          bytes = with(bytes, write.position() + at, write.bytes().array(), at, length);
        }
      }
    }
    return bytes;
  }

  private static byte[] with(byte[] into, long position, byte[] from, int at, int length) {
    byte[] bytes =
        into.length < position + length ? Arrays.copyOf(into, (int) position + length) : into;
    System.arraycopy(from, at, bytes, (int) position, length);
    return bytes;
  }

  private void operation(String what, boolean writes) throws IOException {
    if (dead) {
      throw new IOException("no power");
    }
    if (full && writes) {
      throw new IOException("No space left on device");
    }
    operations++;
    if (left-- > 0) {
      return;
    }
    left = Integer.MAX_VALUE;
    switch (fault) {
      case POWER -> dead = true;
      case ENOSPC -> full = true;
      case EIO -> {}
    }
    if (fault != Fault.ENOSPC || writes) {
      throw new IOException(
          fault == Fault.ENOSPC ? "No space left on device" : "Input/output error at " + what);
    }
  }

  @Override
  public synchronized DiskFile create(String name) throws IOException {
    operation("create " + name, true);
    if (names.containsKey(name)) {
      throw new IOException(name + " is there");
    }
    var content = new Content();
    names.put(name, content);
    changes.add(new NameChange(name, content, true));
    return new SimulatedFile(name, content);
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    operation("open " + name, false);
    return new SimulatedFile(name, find(name));
  }

  private Content find(String name) throws IOException {
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  @Override
  public synchronized List<String> names() throws IOException {
    operation("names", false);
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    operation("rename " + to, true);
    Content content = find(from);
    names.remove(from);
    names.put(to, content);
    changes.add(new NameChange(from, content, false));
    changes.add(new NameChange(to, content, true));
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    operation("delete " + name, false);
    Content content = names.remove(name);
    if (content != null) {
      changes.add(new NameChange(name, content, false));
    }
  }

  @Override
  public synchronized void syncNames() throws IOException {
    try {
      operation("sync names", false);
    } catch (IOException e) {
      if (!dead) {
        changes.clear();
      }
      throw e;
    }
    unreadable = null;
    if (!skipped.test("sync names")) {
      durableNames.clear();
      durableNames.putAll(names);
      changes.clear();
    }
  }

  @Override
  public synchronized long usableBytes() throws IOException {
    operation("usable", false);
    return 1L << 40;
  }

  @Override
  public long totalBytes() {
    return 1L << 40;
  }

  @Override
  public String path() {
    return "simulated";
  }

  @Override
  public void close() {}

  private final class SimulatedFile implements DiskFile {
    private final String name;
    private final Content content;

    SimulatedFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation("read " + name, false);
        if (unreadable != null && name.endsWith(unreadable)) {
          throw new IOException("Input/output error at read " + name);
        }
        int length = Math.clamp(content.now.length - position, 0, into.remaining());
        if (length > 0) {
          into.put(content.now, (int) position, length);
        }
        return length;
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        var bytes = new byte[from.remaining()];
        from.get(bytes);
        try {
          operation("write " + name, true);
        } catch (IOException e) {
          put(new Write(position, Bytes.wrap(Arrays.copyOf(bytes, bytes.length / 2))));
          throw e;
        }
        put(new Write(position, Bytes.wrap(bytes)));
      }
    }

    private void put(Write write) {
      content.now =
          with(content.now, write.position(), write.bytes().array(), 0, write.bytes().length());
      content.pending.add(write);
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        try {
          operation("sync " + name, false);
        } catch (IOException e) {
          if (!dead) {
            content.pending.clear();
          }
          throw e;
        }
        if (!skipped.test("sync " + name)) {
          content.durable = content.now.clone();
          content.pending.clear();
        }
      }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      synchronized (SimulatedDisk.this) {
        operation("truncate " + name, false);
        content.now = Arrays.copyOf(content.now, (int) sizeBytes);
        content.durable =
            Arrays.copyOf(content.durable, Math.min(content.durable.length, (int) sizeBytes));
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return content.now.length;
      }
    }

    @Override
    public void close() {}
  }
}
