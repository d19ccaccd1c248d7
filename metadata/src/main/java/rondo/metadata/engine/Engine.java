package rondo.metadata.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A node's durable, ordered map from keys to values; keys are compared as unsigned bytes.
 * Thread-safe.
 *
 * <p>A write is visible at once and durable later: {@link #write} returns its sequence number, and
 * a caller that tells other nodes of a value it wrote or read first waits with {@link
 * #awaitDurable}. Writers that wait at the same time share one {@code fdatasync}.
 */
public interface Engine extends AutoCloseable {
  /** The length limit of keys: several times the longest key of an object. */
  int MOST_KEY_BYTES = 4096;

  /** One change: a null value removes the key. */
  record Change(Bytes key, @Nullable Bytes value) {
    /**
     * @throws IllegalArgumentException when the key is longer than {@link #MOST_KEY_BYTES}
     */
    public Change {
      if (key.length() > MOST_KEY_BYTES) {
        throw new IllegalArgumentException("a key of " + key.length() + " bytes");
      }
    }
  }

  /**
   * A key's value and the sequence number of the write that made it; 0 when that write has long
   * been durable.
   */
  record Entry(Bytes key, Bytes value, long sequence) {}

  /**
   * Returns the newest entry of {@code key}, durable or not; null when there is none.
   *
   * @throws EngineException when damage leaves it unknown
   */
  @Nullable Entry get(Bytes key);

  /**
   * Returns the newest entry of {@code key} that can be read, even in a lost range, where a newer
   * one may have been lost; null when there is none. For repair only: in a lost range this is not
   * an answer to a client.
   */
  @Nullable Entry getIntact(Bytes key);

  /**
   * Applies all of {@code changes} or, after a crash, none of them, and returns their sequence
   * number. May wait when the log is too far ahead of the disk.
   *
   * @throws EngineException when the disk failed or is full: nothing was written
   */
  long write(List<Change> changes);

  /**
   * Returns once all writes up to {@code sequence} are on stable storage.
   *
   * @throws EngineException when the disk failed; writes after the last durable one can't be
   *     trusted
   */
  void awaitDurable(long sequence);

  /**
   * Walks through the entries from {@code from} (inclusive) to {@code to} (exclusive; null for the
   * end), ascending. The cursor throws an {@link EngineException} when it reaches keys that damage
   * has made unknown.
   */
  Cursor cursor(Bytes from, @Nullable Bytes to);

  /**
   * Returns the entries as they are now, durable or not; later writes don't change them.
   *
   * @throws EngineException when the disk has no room to keep them
   */
  EngineSnapshot snapshot();

  /**
   * Reads all files again that no longer change, and compares them with their checksums.
   *
   * @param pace asked before each read
   */
  Verified verify(Pace pace);

  /**
   * Returns the key ranges that damage has taken from this engine, as far as it has noticed. It
   * remembers them over restarts, and refuses reads in them.
   */
  List<LostRange> lostRanges();

  /** Whether the engine knows of no damage and of no lost range. */
  boolean isWhole();

  /**
   * Takes note, durably, that the rows lost in this range have been written again or are given up.
   * From now on reads in this range are answered.
   *
   * @param from inclusive
   * @param to exclusive; null for the end
   * @throws EngineException when the disk failed
   */
  void markRepaired(Bytes from, @Nullable Bytes to);

  /** Returns how many bytes of the disk writes leave free; 0 when the engine keeps none. */
  default long reserveBytes() {
    return 0;
  }

  /**
   * Has writes take the free space that they leave otherwise, or not any longer: while a disk is
   * full and only deletes and settings are written. Engines that keep none ignore it.
   */
  default void spendReserve(boolean all) {}

  /** Returns the counters of what this engine has done since it was opened. */
  EngineCounters counters();

  /**
   * How much the engine has in memory and on its disk; {@link EngineShape#UNKNOWN} if it tells
   * none.
   */
  default EngineShape shape() {
    return EngineShape.UNKNOWN;
  }

  @Override
  void close();

  /** Bounds the rate of work in the background. */
  interface Pace {
    /** No bound. */
    Pace UNLIMITED = bytes -> true;

    /** Waits until so many bytes may be read; false when the work is to be given up. */
    boolean spend(long bytes);
  }

  /**
   * The result of a verification.
   *
   * @param bytes how many were read
   * @param damaged a line for each place that can't be read or differs from what was written
   */
  record Verified(long bytes, List<String> damaged) {
    public Verified {
      damaged = List.copyOf(damaged);
    }
  }
}
