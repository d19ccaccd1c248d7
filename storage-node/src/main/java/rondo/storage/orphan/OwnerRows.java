package rondo.storage.orphan;

import java.util.concurrent.TimeUnit;
import rondo.metadata.shard.Home;
import rondo.metadata.shard.Moved;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Level;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/** The rows that may name a blob. Thread-safe; blocks. */
public interface OwnerRows {
  /** A row as every one of its replicas knows it, so that nothing unknown can still appear. */
  Outcome<Versioned> read(Key key);

  /** Where a key's rows are now that were in that shard once. */
  default Home home(Bytes shard, Bytes key) {
    return new Home.In(shard);
  }

  /** Every row in the range that was acknowledged. */
  Outcome<Reply.Page> scan(Range range);

  /** The cluster's rows, for those who are about to drop something. */
  static OwnerRows of(Coordinator coordinator, Time time) {
    return of(coordinator, time, Level.ALL);
  }

  /** The cluster's rows as any client sees them. */
  static OwnerRows acknowledged(Coordinator coordinator, Time time) {
    return of(coordinator, time, Level.LINEARIZABLE);
  }

  private static OwnerRows of(Coordinator coordinator, Time time, Level level) {
    return new OwnerRows() {
      private final Moved moved = new Moved(coordinator, time);

      @Override
      public Home home(Bytes shard, Bytes key) {
        return moved.home(shard, key);
      }

      private long deadline() {
        return time.nanos() + TimeUnit.SECONDS.toNanos(10);
      }

      @Override
      public Outcome<Versioned> read(Key key) {
        return coordinator.read(key, level, deadline());
      }

      @Override
      public Outcome<Reply.Page> scan(Range range) {
        return coordinator.scan(range, deadline());
      }
    };
  }
}
