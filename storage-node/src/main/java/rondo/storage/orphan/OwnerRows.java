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

/** The rows that may name a blob. Thread-safe; blocks. */
public interface OwnerRows {
  /** A row as every one of its replicas knows it, so that nothing unknown can still appear. */
  Outcome<VersionedValue> read(Key key);

  /** Where a key's rows are now that were in that shard once. */
  default KeyHome home(Bytes shard, Bytes key) {
    return new KeyHome.In(shard);
  }

  /** Every row in the range that was acknowledged. */
  Outcome<Reply.Page> scan(ScanRange range);

  /** The cluster's rows, for those who are about to drop something. */
  static OwnerRows of(Coordinator coordinator, Time time) {
    return of(coordinator, time, ConsistencyLevel.ALL);
  }

  /** The cluster's rows as any client sees them. */
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
