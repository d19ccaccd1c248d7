package rondo.server.space;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that takes some room on the disk of the metadata and is given up when that is full, so
 * that deletes and settings can still be written. It is made again when there is room. Used by one
 * thread, and stopped by any.
 */
public final class Ballast {
  /** Enough for tens of thousands of deletes, whose data then makes room for more. */
  public static final long BYTES = 8L << 20;

  /** The name of the file in the first data folder. */
  public static final String NAME = "ballast";

  private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
  private static final int PIECE_BYTES = 1 << 16;

  /**
   * So much more must be free before it is made again: it isn't given up at once then. On a small
   * disk that chunks have filled so much is free.
   */
  private static final long ROOM_BYTES = 5 * BYTES / 2;

  private final Path folder;
  private final Path file;
  private final DiskProbe probe;
  private boolean spending;
  private volatile boolean stopped;

  /**
   * @param folder the first data folder
   */
  public Ballast(Path folder, DiskProbe probe) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
    this.probe = probe;
  }

  /** Gives the file up when the disk has no room for a start. */
  public void beforeStart() {
    try {
      if (Files.exists(file) && probe.freeBytes(folder) < BYTES) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("can't give up {}: {}", file, e.toString());
    }
  }

  /**
   * Gives the file up, or makes it again.
   *
   * @param reserveBytes below which the metadata takes no writes by itself
   * @param spend told whether it is to take writes all the same
   */
  public void look(long reserveBytes, Consumer<Boolean> spend) {
    try {
      long free = probe.freeBytes(folder);
      boolean low = free < reserveBytes + (spending ? 2 * BYTES : BYTES);
      if (low && Files.deleteIfExists(file)) {
        LOG.warn("{} is given up: its disk is full, and deletes need room", file);
      }
      if (low != spending) {
        spending = low;
        spend.accept(low);
      }
      if (!low && !stopped && !Files.exists(file) && free > reserveBytes + ROOM_BYTES) {
        make();
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", file, e.toString());
    }
  }

  /** Makes no file any more; a thread that makes one ends soon. */
  public void stop() {
    stopped = true;
  }

  /** Fills the file with what no file system compresses. */
  private void make() throws IOException {
    var chance = new SplittableRandom(BYTES);
    byte[] piece = new byte[PIECE_BYTES];
    boolean made = false;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < BYTES && !stopped; at += piece.length) {
        chance.nextBytes(piece);
        out.write(piece);
      }
      made = !stopped;
    } finally {
      if (!made) {
        Files.deleteIfExists(file);
      }
    }
  }
}
