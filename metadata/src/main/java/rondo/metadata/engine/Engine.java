package rondo.metadata.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * A node's durable, ordered map from keys to values, in unsigned byte order. Thread-safe.
 *
 * <p>A write is visible at once and durable later: it returns its sequence number, and whoever
 * tells others of what it wrote or read first waits with {@link #awaitDurable}. Writers that wait
 * together share one {@code fdatasync}.
 */
public interface Engine extends AutoCloseable {
  /** One change: a null value removes the key. */
  record Change(Bytes key, @Nullable Bytes value) {}

  /** A key's value and the sequence number of the write that made it (0: long since durable). */
  record Entry(Bytes key, Bytes value, long sequence) {}

  /** The newest entry of {@code key}, durable or not; null when there is none. */
  @Nullable Entry get(Bytes key);

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
   * null.
   */
  Cursor cursor(Bytes from, @Nullable Bytes to);

  @Override
  void close();
}
