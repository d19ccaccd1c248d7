package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.table.Keys;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * The registers in which moves are decided: buckets' rows and shards' fences. Thread-safe; blocks.
 */
record MoveRegistry(Coordinator coordinator, Time time) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** The outcome of a change. */
  enum Ended {
    DONE,
    /** Certainly not done: the change no longer fits, or the register can't be reached. */
    REFUSED,
    UNKNOWN
  }

  /**
   * A row that was read.
   *
   * @param row null when the bucket is gone
   */
  record Read(@Nullable BucketRow row) {}

  /** Reads a bucket's row; null when it can't be read. */
  @Nullable Read bucket(String name) {
    return coordinator.read(Keys.bucket(name), ConsistencyLevel.LINEARIZABLE, deadline())
            instanceof Outcome.Reached<VersionedValue>(VersionedValue state)
        ? new Read(row(state.value()))
        : null;
  }

  /**
   * Reads the row of a bucket that is there, or was deleted and is kept, with that id; null when
   * that can't be told. Reads the bucket's row again behind that of the deletion, since the bucket
   * may come back in between.
   */
  @Nullable Read kept(String name, ByteString id) {
    Read there = bucket(name);
    if (there == null || isOf(there.row(), id)) {
      return there;
    }
    Key key = Keys.gone(ShardFence.bytes(id));
    if (!(coordinator.read(key, ConsistencyLevel.LINEARIZABLE, deadline())
        instanceof Outcome.Reached<VersionedValue>(VersionedValue state))) {
      return null;
    }
    BucketRow deleted = deleted(state.value());
    if (deleted != null) {
      return new Read(deleted);
    }
    Read again = bucket(name);
    return again == null || isOf(again.row(), id) ? again : new Read(null);
  }

  private static boolean isOf(@Nullable BucketRow row, ByteString id) {
    return row != null && row.getId().equals(id);
  }

  private static @Nullable BucketRow deleted(@Nullable Bytes value) {
    try {
      GoneBucket gone =
          value == null
              ? GoneBucket.getDefaultInstance()
              : GoneBucket.parseFrom(UnsafeByteOperations.unsafeWrap(value.array()));
      return gone.hasRow() ? gone.getRow() : null;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row that no node could have written", e);
    }
  }

  /** Changes a bucket's row by a conditional write; no write if {@code change} returns null. */
  Ended change(String name, Function<BucketRow, @Nullable BucketRow> change) {
    Outcome<ConditionalResult> outcome =
        coordinator.update(
            Keys.bucket(name),
            before -> {
              BucketRow row = row(before.value());
              BucketRow next = row == null ? null : change.apply(row);
              return next == null
                  ? new Decision.Decline()
                  : new Decision.Put(Bytes.wrap(next.toByteArray()));
            },
            deadline());
    return switch (outcome) {
      case Outcome.Reached<ConditionalResult>(ConditionalResult update) ->
          update instanceof ConditionalResult.Written ? Ended.DONE : Ended.REFUSED;
      case Outcome.Refused<ConditionalResult> _ -> Ended.REFUSED;
      case Outcome.Unknown<ConditionalResult> _ -> Ended.UNKNOWN;
    };
  }

  /** Reads a shard's fence; null when it can't be read. */
  @Nullable ShardFence fence(Bytes shard) {
    return coordinator.read(Keys.fence(shard), ConsistencyLevel.LINEARIZABLE, deadline())
            instanceof Outcome.Reached<VersionedValue>(VersionedValue state)
        ? ShardFence.of(state.value())
        : null;
  }

  /**
   * Changes a fence by a conditional write; no write if {@code change} returns the fence as it was.
   *
   * @return the new state, if the fence was certainly changed; else null
   */
  @Nullable VersionedValue fence(Bytes shard, UnaryOperator<ShardFence> change) {
    var written = new Bytes[1];
    Outcome<ConditionalResult> outcome =
        coordinator.update(
            Keys.fence(shard),
            before -> {
              ShardFence fence = ShardFence.of(before.value());
              ShardFence next = change.apply(fence);
              written[0] = next.value();
              return next.equals(fence) ? new Decision.Decline() : new Decision.Put(written[0]);
            },
            deadline());
    return outcome instanceof Outcome.Reached<ConditionalResult>(ConditionalResult update)
            && update instanceof ConditionalResult.Written(VersionedValue _, Stamp stamp, boolean _)
        ? new VersionedValue(stamp, written[0])
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
