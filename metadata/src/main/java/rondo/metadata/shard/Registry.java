package rondo.metadata.shard;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Keys;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Level;
import rondo.ring.coordinate.Update;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/** The registers that moves are decided in: buckets' rows and fences. Thread-safe; blocks. */
record Registry(Coordinator coordinator, Time time) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** How a change ended. */
  enum Ended {
    DONE,
    /** Certainly not done: it doesn't fit any more, or the register can't be reached. */
    REFUSED,
    UNKNOWN
  }

  /** A bucket's row, null within when it is gone; null when it can't be read. */
  record Read(@Nullable BucketRow row) {}

  @Nullable Read bucket(String name) {
    return coordinator.read(Keys.bucket(name), Level.LINEARIZABLE, deadline())
            instanceof Outcome.Reached<Versioned>(Versioned state)
        ? new Read(row(state.value()))
        : null;
  }

  /** Changes a bucket's row, unless {@code change} gives null. */
  Ended change(String name, Function<BucketRow, @Nullable BucketRow> change) {
    Outcome<Update> outcome =
        coordinator.update(
            Keys.bucket(name),
            before -> {
              BucketRow row = row(before.value());
              BucketRow next = row == null ? null : change.apply(row);
              return next == null
                  ? new Judgement.Decline()
                  : new Judgement.Put(Bytes.wrap(next.toByteArray()));
            },
            deadline());
    return switch (outcome) {
      case Outcome.Reached<Update>(Update update) ->
          update instanceof Update.Written ? Ended.DONE : Ended.REFUSED;
      case Outcome.Refused<Update> _ -> Ended.REFUSED;
      case Outcome.Unknown<Update> _ -> Ended.UNKNOWN;
    };
  }

  @Nullable Fence fence(Bytes shard) {
    return coordinator.read(Keys.fence(shard), Level.LINEARIZABLE, deadline())
            instanceof Outcome.Reached<Versioned>(Versioned state)
        ? Fence.of(state.value())
        : null;
  }

  /**
   * Changes a fence, unless {@code change} gives it back as it was.
   *
   * @return its state, if it was changed for certain; else null
   */
  @Nullable Versioned fence(Bytes shard, UnaryOperator<Fence> change) {
    var written = new Bytes[1];
    Outcome<Update> outcome =
        coordinator.update(
            Keys.fence(shard),
            before -> {
              Fence fence = Fence.of(before.value());
              Fence next = change.apply(fence);
              written[0] = next.value();
              return next.equals(fence) ? new Judgement.Decline() : new Judgement.Put(written[0]);
            },
            deadline());
    return outcome instanceof Outcome.Reached<Update>(Update update)
            && update instanceof Update.Written(Versioned _, Stamp stamp, boolean _)
        ? new Versioned(stamp, written[0])
        : null;
  }

  long deadline() {
    return time.nanos() + PATIENCE_NANOS;
  }

  private static @Nullable BucketRow row(@Nullable Bytes value) {
    try {
      return value == null
          ? null
          : BucketRow.parseFrom(UnsafeByteOperations.unsafeWrap(value.array()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row that no node could have written", e);
    }
  }
}
