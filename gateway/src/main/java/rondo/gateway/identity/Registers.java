package rondo.gateway.identity;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Level;
import rondo.ring.coordinate.Update;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/** What identities need of a coordinator: the same calls, with the deadline understood. */
public interface Registers {
  Outcome<Versioned> read(Key key);

  Outcome<Update.Written> write(Key key, @Nullable Bytes value);

  Outcome<Update> update(Key key, Function<Versioned, Judgement> judge);

  Outcome<Reply.Page> scan(Range range);

  /** The cluster's own, each call bounded by five seconds. */
  static Registers of(Coordinator coordinator, Time time) {
    return new OfCluster(coordinator, time);
  }

  /** By a coordinator. */
  record OfCluster(Coordinator coordinator, Time time) implements Registers {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @Override
    public Outcome<Versioned> read(Key key) {
      return coordinator.read(key, Level.LINEARIZABLE, deadline());
    }

    @Override
    public Outcome<Update.Written> write(Key key, @Nullable Bytes value) {
      return coordinator.write(key, value, deadline());
    }

    @Override
    public Outcome<Update> update(Key key, Function<Versioned, Judgement> judge) {
      return coordinator.update(key, judge, deadline());
    }

    @Override
    public Outcome<Reply.Page> scan(Range range) {
      return coordinator.scan(range, deadline());
    }

    private long deadline() {
      return time.nanos() + PATIENCE_NANOS;
    }
  }
}
