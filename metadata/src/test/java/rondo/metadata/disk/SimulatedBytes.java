package rondo.metadata.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The bytes of a simulated file: those that readers see, and those that survive a power failure.
 * Guarded by the disk.
 */
final class SimulatedBytes {
  private static final int SECTOR = 512;

  private byte[] seen;
  private byte[] durable;

  /** Changes since the last sync, in their order. */
  private final List<Change> unsynced = new ArrayList<>();

  /**
   * Writes whose sync has failed: no later sync writes them, but they may have reached the disk.
   */
  private final List<Write> forgotten = new ArrayList<>();

  /** A change of the file. */
  private sealed interface Change {}

  private static final class Write implements Change {
    private final long position;
    private final byte[] bytes;

    Write(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }

    long end() {
      return position + bytes.length;
    }

    byte[] into(byte[] file) {
      byte[] longer = end() > file.length ? Arrays.copyOf(file, (int) end()) : file;
      System.arraycopy(bytes, 0, longer, (int) position, bytes.length);
      return longer;
    }

    List<Write> sectors() {
      var sectors = new ArrayList<Write>();
      for (int from = 0; from < bytes.length; from += SECTOR) {
        int to = Math.min(bytes.length, from + SECTOR);
        sectors.add(new Write(position + from, Arrays.copyOfRange(bytes, from, to)));
      }
      return sectors;
    }

    boolean meets(Write other) {
      return position < other.end() && other.position < end();
    }
  }

  private record Cut(long sizeBytes) implements Change {
    byte[] of(byte[] file) {
      return sizeBytes < file.length ? Arrays.copyOf(file, (int) sizeBytes) : file;
    }
  }

  SimulatedBytes() {
    this(new byte[0]);
  }

  private SimulatedBytes(byte[] durable) {
    this.seen = durable.clone();
    this.durable = durable;
  }

  int size() {
    return seen.length;
  }

  int read(ByteBuffer into, long position) {
    int length = Math.clamp(seen.length - position, 0, into.remaining());
    if (length > 0) {
      into.put(seen, (int) position, length);
    }
    return length;
  }

  void write(byte[] bytes, long position) {
    var write = new Write(position, bytes);
    seen = write.into(seen);
    unsynced.add(write);
    // These pages are dirty again.
    forgotten.removeIf(write::meets);
  }

  /**
   * Cuts the file. Journaled file systems keep the order of cuts; an unsynced write before the cut
   * may still come back.
   */
  void truncate(long sizeBytes) {
    var cut = new Cut(sizeBytes);
    seen = cut.of(seen);
    durable = cut.of(durable);
    unsynced.add(cut);
    forgotten.removeIf(write -> write.end() > sizeBytes);
  }

  void sync() {
    for (Change change : unsynced) {
      durable =
          switch (change) {
            case Write write -> write.into(durable);
            case Cut cut -> cut.of(durable);
          };
    }
    unsynced.clear();
  }

  /**
   * Fails a sync as Linux does: the pages count as clean from now on, whether they were written or
   * not.
   */
  void failSync() {
    for (Change change : unsynced) {
      if (change instanceof Write write) {
        forgotten.addAll(write.sectors());
      }
    }
    unsynced.clear();
  }

  /** Flips a bit, both of the visible and of the durable bytes. */
  void flip(long offset, int bit) {
    seen[(int) offset] ^= (byte) (1 << bit);
    if (durable.length > offset) {
      durable[(int) offset] ^= (byte) (1 << bit);
    }
  }

  /**
   * Returns the file after a power failure. Of the unsynced writes all may be there, or none, or
   * some as a whole and of others some sectors, in any order.
   */
  SimulatedBytes afterPowerFailure(Random random) {
    byte[] bytes = durable.clone();
    int file = random.nextInt(6);
    for (Write write : forgotten) {
      bytes = torn(bytes, write, file, random);
    }
    for (Change change : unsynced) {
      if (change instanceof Write write) {
        bytes = torn(bytes, write, file, random);
      }
    }
    return new SimulatedBytes(bytes);
  }

  /**
   * @param file 0 when every write of the file is kept, 1 when none is
   */
  private static byte[] torn(byte[] into, Write write, int file, Random random) {
    int keep = file < 2 ? file : random.nextInt(3);
    byte[] bytes = into;
    for (Write sector : write.sectors()) {
      if (keep == 0 || (keep == 2 && random.nextBoolean())) {
        bytes = sector.into(bytes);
      }
    }
    return bytes;
  }
}
