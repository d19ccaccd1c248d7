package rondo.storage.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DurableValue;

/**
 * Keeps a node from dropping chunks while a backup reads them, or a restore has yet to write the
 * rows that name them. It ends by itself unless it is renewed, and is remembered over restarts.
 * Thread-safe.
 */
public final class ChunkHold {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkHold.class);

  /** The longest hold; a backup renews it every minute. */
  public static final int LONGEST_SECONDS = 15 * 60;

  /** The most drops that are remembered; the orphan walk finds further ones. */
  private static final int MOST_DEFERRED = 500_000;

  private final DurableValue stored;
  private final Time time;

  // Guarded by this.
  private final List<ChunkId> deferred = new ArrayList<>();
  private boolean held;
  private long untilNanos;

  /**
   * @param stored keeps the hold's end over restarts
   */
  public ChunkHold(DurableValue stored, Time time) {
    this.stored = stored;
    this.time = time;
    long leftMicros = endMicros() - time.wallMicros();
    this.held = leftMicros > 0;
    this.untilNanos =
        time.nanos()
            + TimeUnit.MICROSECONDS.toNanos(
                Math.clamp(leftMicros, 0, TimeUnit.SECONDS.toMicros(LONGEST_SECONDS)));
  }

  private long endMicros() {
    try {
      return stored.read().map(bytes -> Long.parseLong(bytes.utf8())).orElse(0L);
    } catch (CorruptException e) {
      // Held as long as can be: the order's own nodes renew it, or it ends.
      LOG.warn("the hold of chunks can't be read: {}", e.getMessage());
      return Long.MAX_VALUE / 2;
    }
  }

  /**
   * Holds all chunks for so long from now on; durable when this returns.
   *
   * @param seconds at most {@link #LONGEST_SECONDS} count; 0 ends the hold
   * @throws rondo.storage.folder.DiskException when it can't be noted; then it holds nevertheless
   */
  public synchronized void hold(int seconds) {
    int counted = Math.clamp(seconds, 0, LONGEST_SECONDS);
    held = counted > 0;
    untilNanos = time.nanos() + TimeUnit.SECONDS.toNanos(counted);
    long endMicros = held ? time.wallMicros() + TimeUnit.SECONDS.toMicros(counted) : 0;
    stored.write(Bytes.utf8(Long.toString(endMicros)));
  }

  /** Whether no chunk may be dropped now. */
  public synchronized boolean isHeld() {
    held = held && time.nanos() - untilNanos < 0;
    return held;
  }

  /** Whether the drop of this chunk has to wait; then it is remembered. */
  public synchronized boolean defers(ChunkId id) {
    if (!isHeld()) {
      return false;
    }
    if (deferred.size() < MOST_DEFERRED) {
      deferred.add(id);
    }
    return true;
  }

  /** Returns the drops that need not wait any longer, each once. */
  public synchronized List<ChunkId> due() {
    if (isHeld() || deferred.isEmpty()) {
      return List.of();
    }
    List<ChunkId> due = List.copyOf(deferred);
    deferred.clear();
    return due;
  }
}
