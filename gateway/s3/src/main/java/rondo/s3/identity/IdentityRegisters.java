package rondo.s3.identity;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** The calls of a {@link Coordinator} that identities need, without their deadline argument. */
public interface IdentityRegisters {
  Outcome<VersionedValue> read(Key key);

  Outcome<ConditionalResult.Written> write(Key key, @Nullable Bytes value);

  Outcome<ConditionalResult> update(Key key, Function<VersionedValue, Decision> judge);

  Outcome<Reply.Page> scan(ScanRange range);

  /** Seals the secrets in the rows. */
  default SecretSeal seal() {
    return SecretSeal.NONE;
  }

  /** The cluster's registers; each call is bounded by five seconds. */
  static IdentityRegisters of(Coordinator coordinator, Time time, SecretSeal seal) {
    return new CoordinatorRegisters(coordinator, time, seal);
  }

  /** Asks a coordinator. */
  record CoordinatorRegisters(Coordinator coordinator, Time time, SecretSeal seal)
      implements IdentityRegisters {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    @Override
    public Outcome<VersionedValue> read(Key key) {
      return coordinator.read(key, ConsistencyLevel.LINEARIZABLE, deadline());
    }

    @Override
    public Outcome<ConditionalResult.Written> write(Key key, @Nullable Bytes value) {
      return coordinator.write(key, value, deadline());
    }

    @Override
    public Outcome<ConditionalResult> update(Key key, Function<VersionedValue, Decision> judge) {
      return coordinator.update(key, judge, deadline());
    }

    @Override
    public Outcome<Reply.Page> scan(ScanRange range) {
      return coordinator.scan(range, deadline());
    }

    private long deadline() {
      return time.nanos() + PATIENCE_NANOS;
    }
  }
}
