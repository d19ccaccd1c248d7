package rondo.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk for tests: it forgets, after a crash, what was not synced, or keeps any part of it in any
 * order, sector by sector; it fails from a chosen operation on, fails syncs, and flips bits.
 */
public final class MemoryDisk implements Disk {
  private static final int SECTOR = 512;

  private static final class Write {
    final long position;
    final byte[] bytes;

    Write(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  /** Bytes as they are seen, and the writes since the last sync. */
  private static final class Content {
    byte[] seen = new byte[0];
    byte[] durable = new byte[0];
    final List<Write> unsynced = new ArrayList<>();

    static byte[] apply(byte[] bytes, Write write) {
      int end = (int) write.position + write.bytes.length;
      byte[] longer = end > bytes.length ? Arrays.copyOf(bytes, end) : bytes;
      System.arraycopy(write.bytes, 0, longer, (int) write.position, write.bytes.length);
      return longer;
    }
  }

  private final TreeMap<String, Content> names = new TreeMap<>();
  private final TreeMap<String, Content> durableNames = new TreeMap<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long operations;
  private long failAt = -1;
  private boolean readOnly;
  private boolean unreadable;
  private String unreadableFile = "";
  private boolean failingSyncs;
  private long usableBytes = Long.MAX_VALUE / 4;

  /** The power fails before the {@code operations + 1}th writing operation from now on. */
  public synchronized void crashAfter(long more) {
    operationsLeft = more;
  }

  /** The {@code more + 1}th writing operation from now on fails, and no other. */
  public synchronized void failAfter(long more) {
    failAt = operations + more;
  }

  /** Every write fails, or none any more. */
  public synchronized void readOnly(boolean now) {
    readOnly = now;
  }

  /** Every read fails, or none any more. */
  public synchronized void unreadable(boolean now) {
    unreadable = now;
  }

  /** Every read of this file fails, and of no other. */
  public synchronized void unreadable(String name) {
    unreadableFile = name;
  }

  /** Writing operations so far. */
  public synchronized long operations() {
    return operations;
  }

  public synchronized void failSyncs(boolean failing) {
    failingSyncs = failing;
  }

  public synchronized void usable(long bytes) {
    usableBytes = bytes;
  }

  /** The disk after the power is back: what was not synced is there in parts, or not at all. */
  public synchronized MemoryDisk restarted(Random random) {
    var disk = new MemoryDisk();
    Map<String, Content> survivors = random.nextBoolean() ? names : durableNames;
    survivors.forEach((name, content) -> disk.names.put(name, torn(content, random)));
    disk.durableNames.putAll(disk.names);
    return disk;
  }

  private static Content torn(Content content, Random random) {
    byte[] bytes = content.durable.clone();
    int kind = random.nextInt(4);
    for (Write write : content.unsynced) {
      for (int from = 0; from < write.bytes.length; from += SECTOR) {
        if (kind == 0 || (kind > 1 && random.nextBoolean())) {
          int to = Math.min(write.bytes.length, from + SECTOR);
          var part = new Write(write.position + from, Arrays.copyOfRange(write.bytes, from, to));
          bytes = Content.apply(bytes, part);
        }
      }
    }
    var torn = new Content();
    torn.seen = bytes;
    torn.durable = bytes.clone();
    return torn;
  }

  /** Flips a bit of a file as it is on the disk. */
  public synchronized void flip(String name, long offset, int bit) {
    var content = content(name);
    content.seen[(int) offset] ^= (byte) (1 << bit);
    if (content.durable.length > offset) {
      content.durable[(int) offset] ^= (byte) (1 << bit);
    }
  }

  /** Bytes of all files. */
  public synchronized long totalBytes() {
    return names.values().stream().mapToLong(content -> content.seen.length).sum();
  }

  public synchronized int size(String name) {
    return content(name).seen.length;
  }

  private Content content(String name) {
    var content = names.get(name);
    if (content == null) {
      throw new IllegalArgumentException(name);
    }
    return content;
  }

  private void step() throws IOException {
    operations++;
    if (operationsLeft == 0) {
      throw new IOException("the power failed");
    }
    operationsLeft--;
    if (operations - 1 == failAt) {
      throw new IOException("Input/output error");
    }
    if (readOnly) {
      throw new IOException("Read-only file system");
    }
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    if (!names.containsKey(name)) {
      step();
      names.put(name, new Content());
    }
    return new File(name, content(name));
  }

  @Override
  public synchronized List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    step();
    names.put(to, content(from));
    names.remove(from);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    if (names.containsKey(name)) {
      step();
      names.remove(name);
    }
  }

  @Override
  public synchronized void syncNames() throws IOException {
    step();
    durableNames.clear();
    durableNames.putAll(names);
  }

  @Override
  public synchronized long usableBytes() {
    return usableBytes;
  }

  @Override
  public String path() {
    return "memory";
  }

  @Override
  public void close() {}

  private final class File implements DiskFile {
    private final String name;
    private final Content content;

    File(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        if (unreadable || name.equals(unreadableFile)) {
          throw new IOException("Input/output error");
        }
        int count = Math.clamp(content.seen.length - position, 0, into.remaining());
        if (count > 0) {
          into.put(content.seen, (int) position, count);
        }
        return count;
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        step();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        var write = new Write(position, bytes);
        content.unsynced.add(write);
        content.seen = Content.apply(content.seen, write);
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (MemoryDisk.this) {
        step();
        if (failingSyncs) {
          throw new IOException("Input/output error");
        }
        content.unsynced.clear();
        content.durable = content.seen.clone();
      }
    }

    /** Journaled file systems do this in order, and the stores sync after it. */
    @Override
    public void truncate(long sizeBytes) throws IOException {
      synchronized (MemoryDisk.this) {
        step();
        if (sizeBytes < content.seen.length) {
          content.seen = Arrays.copyOf(content.seen, (int) sizeBytes);
          int durable = (int) Math.min(sizeBytes, content.durable.length);
          content.durable = Arrays.copyOf(content.durable, durable);
        }
      }
    }

    @Override
    public long size() {
      synchronized (MemoryDisk.this) {
        return content.seen.length;
      }
    }

    @Override
    public void close() {}
  }
}
