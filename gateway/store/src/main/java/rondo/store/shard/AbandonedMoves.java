package rondo.store.shard;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import rondo.metadata.rows.ShardMove;
import rondo.ring.port.Time;

/**
 * Finds shard moves that have been under way for too long: their mover must be gone. Used by one
 * thread.
 */
final class AbandonedMoves {
  private static final int MOST = 10_000;

  private final Time time;
  private final long patienceNanos;
  private final Map<ByteString, Long> since = new LinkedHashMap<>();

  AbandonedMoves(Time time, long patienceNanos) {
    this.time = time;
    this.patienceNanos = patienceNanos;
  }

  boolean contains(ShardMove move) {
    if (since.size() > MOST) {
      since.remove(since.keySet().iterator().next());
    }
    long now = time.nanos();
    return now - since.computeIfAbsent(move.getAttempt(), attempt -> now) > patienceNanos;
  }
}
