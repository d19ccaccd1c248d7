package rondo.metadata.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A node's durable, ordered map from keys to values, in unsigned byte order. Thread-safe.
 *
 * <p>A write is visible at once and durable later: it returns its sequence number, and whoever
 * tells others of what it wrote or read first waits with {@link #awaitDurable}. Writers that wait
 * together share one {@code fdatasync}.
 */
public interface Engine extends AutoCloseable {
  /** The longest key: several times the longest of an object. */
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

  /** A key's value and the sequence number of the write that made it (0: long since durable). */
  record Entry(Bytes key, Bytes value, long sequence) {}

  /**
   * The newest entry of {@code key}, durable or not; null when there is none.
   *
   * @throws EngineException when it can't be told, because of damage
   */
  @Nullable Entry get(Bytes key);

  /** The newest entry of {@code key} that is left, or was written since, in a lost range too. */
  @Nullable Entry known(Bytes key);

  /**
   * Applies all of {@code changes} or, after a crash, none of them, and returns their sequence
   * number. May wait when the log is too far ahead of the disk.
   *
   * @throws EngineException when the disk failed or is full: nothing was written
   */
  long write(List<Change> changes);

  /**
   * Returns once everything up to {@code sequence} is on stable storage.
   *
   * @throws EngineException when the disk failed; nothing after the last durable write can be
   *     trusted
   */
  void awaitDurable(long sequence);

  /**
   * Entries from {@code from} (inclusive) on, ascending; {@code to} (exclusive) or to the end when
   * null. Where it comes to keys that it can't tell, because of damage, it throws an {@link
   * EngineException}.
   */
  Cursor cursor(Bytes from, @Nullable Bytes to);

  /**
   * Reads all that is on disk and does not change any more once again, and compares it with its
   * checksums.
   *
   * @param pace is asked before each read
   */
  Verified verify(Pace pace);

  /**
   * Where this engine has lost what it knew, as far as it has noticed. It remembers that over
   * restarts, and tells nobody anything about these keys.
   */
  List<LostRange> lostRanges();

  /** Whether nothing is known to be damaged, or lost. */
  boolean isWhole();

  /**
   * Takes note, durably, that all that was lost between these keys has been written again, or is
   * given up: from now on what is here is told.
   *
   * @param to exclusive; null for the end
   * @throws EngineException when the disk failed
   */
  void mended(Bytes from, @Nullable Bytes to);

  /** What this engine has done so far. */
  EngineCounters counters();

  @Override
  void close();

  /** Keeps work in the background below a rate. */
  interface Pace {
    /** As fast as it goes. */
    Pace UNLIMITED = bytes -> true;

    /** Waits until so many bytes may be read; false when there is no point in going on. */
    boolean spend(long bytes);
  }

  /**
   * What was found.
   *
   * @param bytes that were read
   * @param damaged a line for each place that isn't what was written, or can't be read
   */
  record Verified(long bytes, List<String> damaged) {
    public Verified {
      damaged = List.copyOf(damaged);
    }
  }
}
