package rondo.storage.orphan;

import java.util.concurrent.TimeUnit;
import rondo.metadata.shard.KeyHome;
import rondo.metadata.shard.TailLocator;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** Reads the rows that may name a blob. Thread-safe; blocks. */
public interface OwnerRows {
  /**
   * Reads a row as all of its replicas together know it, so that no unknown write of it can appear
   * later.
   */
  Outcome<VersionedValue> read(Key key);

  /**
   * Returns the shard in which the rows of a key are now.
   *
   * @param shard that had them at some time
   */
  default KeyHome home(Bytes shard, Bytes key) {
    return new KeyHome.In(shard);
  }

  /** Scans all rows in the range that were acknowledged. */
  Outcome<Reply.Page> scan(ScanRange range);

  /** Returns a reader for callers that are about to drop something: it asks all replicas. */
  static OwnerRows of(Coordinator coordinator, Time time) {
    return of(coordinator, time, ConsistencyLevel.ALL);
  }

  /** Returns a reader that sees the rows as any client does. */
  static OwnerRows acknowledged(Coordinator coordinator, Time time) {
    return of(coordinator, time, ConsistencyLevel.LINEARIZABLE);
  }

  private static OwnerRows of(Coordinator coordinator, Time time, ConsistencyLevel level) {
    return new OwnerRows() {
      private final TailLocator moved = new TailLocator(coordinator, time);

      @Override
      public KeyHome home(Bytes shard, Bytes key) {
        return moved.home(shard, key);
      }

      private long deadline() {
        return time.nanos() + TimeUnit.SECONDS.toNanos(10);
      }

      @Override
      public Outcome<VersionedValue> read(Key key) {
        return coordinator.read(key, level, deadline());
      }

      @Override
      public Outcome<Reply.Page> scan(ScanRange range) {
        return coordinator.scan(range, deadline());
      }
    };
  }
}
