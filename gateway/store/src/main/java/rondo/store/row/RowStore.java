package rondo.store.row;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.shard.TailLocator;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.coordinate.ValueFactory;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.StoreException.Reason;

/**
 * The registers as the store sees them: an outcome that isn't a result is a {@link StoreException},
 * and every call has a deadline. Thread-safe.
 */
public final class RowStore {
  /**
   * No operation on a row takes longer. SDKs give up a request after a minute, and one takes a
   * handful of these steps.
   */
  public static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** Behind millions of deleted rows there may be one that is listed. */
  private static final long LISTING_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

  private final Coordinator coordinator;
  private final TailLocator moved;
  private final Time time;
  private final @Nullable Bucket bucket;

  public RowStore(Coordinator coordinator, Time time) {
    this.moved = new TailLocator(coordinator, time);
    this.coordinator = coordinator.following(moved);
    this.time = time;
    this.bucket = null;
  }

  private RowStore(RowStore all, Bucket bucket) {
    this.moved = all.moved;
    this.coordinator = all.coordinator;
    this.time = all.time;
    this.bucket = bucket;
  }

  /** These rows, read and written by the quorums that the bucket asks for. */
  public RowStore in(Bucket asked) {
    return new RowStore(this, asked);
  }

  /**
   * The newest state, linearizable.
   *
   * @throws StoreException NOT_DONE
   */
  public VersionedValue read(Key key) {
    return reached(coordinator(key.table()).read(key, ConsistencyLevel.LINEARIZABLE, deadline()));
  }

  /**
   * A state that some replica has, if no quorum can be asked in so much time.
   *
   * @throws StoreException NOT_DONE
   */
  public VersionedValue readSomehow(Key key, long patienceNanos) {
    Outcome<VersionedValue> newest =
        coordinator.read(key, ConsistencyLevel.LINEARIZABLE, time.nanos() + patienceNanos);
    return newest instanceof Outcome.Reached<VersionedValue>(VersionedValue state)
        ? state
        : reached(coordinator.read(key, ConsistencyLevel.ONE, deadline()));
  }

  /**
   * The state of an object's row in that bucket, as the request of this thread wants to see it
   * ({@link Consistency}).
   *
   * @throws StoreException NOT_DONE, NO_LEVEL
   */
  public VersionedValue see(Bucket read, Key key) {
    RowStore rows = in(read);
    Consistency asked = Consistency.current();
    Stamp least = asked.atLeast(read, key);
    VersionedValue state = least == null ? rows.read(key) : rows.read(key, asked.of(read), least);
    asked.saw(key, state.stamp());
    return state;
  }

  private VersionedValue read(Key key, ConsistencyLevel level, Stamp atLeast) {
    return reached(coordinator(key.table()).read(key, level, atLeast, deadline()));
  }

  /**
   * Writes whatever was there.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  public ConditionalResult.Written write(Key key, @Nullable Bytes value) {
    return noted(key, reached(coordinator(key.table()).write(key, value, deadline())));
  }

  /**
   * The same with a value made when the state that it replaces is known.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  public ConditionalResult.Written succeed(Key key, ValueFactory successor) {
    return noted(key, reached(coordinator(key.table()).write(key, successor, deadline())));
  }

  /** Writes a state that was made under another key, unless a newer one is there. */
  public void copy(Key key, VersionedValue state) {
    reached(coordinator(key.table()).copy(key, state, deadline()));
  }

  /**
   * A conditional write of ours, such as every change to a row that must not lose another one.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  public ConditionalResult update(Key key, Function<VersionedValue, Decision> judge) {
    return noted(key, reached(deciding(key).update(key, judge, deadline())));
  }

  /**
   * A conditional write that the client asked for.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, CONDITION_UNKNOWN when
   *     perhaps
   */
  public ConditionalResult conditional(Key key, Function<VersionedValue, Decision> judge) {
    Outcome<ConditionalResult> outcome = deciding(key).update(key, judge, deadline());
    if (outcome instanceof Outcome.Unknown<ConditionalResult>) {
      throw new StoreException(Reason.CONDITION_UNKNOWN);
    }
    return noted(key, reached(outcome));
  }

  private static <T extends ConditionalResult> T noted(Key key, T update) {
    if (update instanceof ConditionalResult.Written written) {
      Consistency.current().saw(key, written.stamp());
    }
    return update;
  }

  /**
   * The first page of a range; it may end early, with {@code more}, but not without an entry.
   *
   * @throws StoreException NOT_DONE
   */
  public Reply.Page scan(ScanRange range) {
    return scan(range, ConsistencyLevel.LINEARIZABLE);
  }

  /**
   * The same at another level.
   *
   * @throws StoreException NOT_DONE
   */
  public Reply.Page scan(ScanRange range, ConsistencyLevel level) {
    long end = time.nanos() + LISTING_PATIENCE_NANOS;
    ScanRange rest = range;
    Reply.Page page = reached(coordinator(range.table()).scanPart(rest, level, deadline()));
    while (page.entries().isEmpty() && page.next() != null) {
      if (time.nanos() >= end) {
        throw new StoreException(Reason.NOT_DONE);
      }
      rest = rest.at(page.next(), range.limit());
      page = reached(coordinator(range.table()).scanPart(rest, level, deadline()));
    }
    return page;
  }

  /**
   * The same of a range within the rows of one object's key, to which it keeps where they move.
   *
   * @throws StoreException NOT_DONE
   */
  public Reply.Page scanOfKey(ScanRange range) {
    long deadline = deadline();
    ScanRange now = range;
    while (true) {
      try {
        return scan(now);
      } catch (ShardClosedException closed) {
        Key next = moved.of(new Key(now.table(), now.partition(), now.prefix()), deadline);
        if (next == null) {
          throw closed;
        }
        now = now.in(next.partition());
      }
    }
  }

  /** Ends what keeps keys of that bucket closed for too long. */
  public void settle(BucketRow bucket) {
    moved.settle(bucket);
  }

  private Coordinator coordinator(int table) {
    if (bucket == null) {
      return coordinator;
    }
    if (isSloppy(table)) {
      return coordinator.sloppy(bucket.quorums());
    }
    return bucket.isAvailable() ? coordinator : coordinator.demanding(bucket.quorums());
  }

  private boolean isSloppy(int table) {
    return bucket != null
        && bucket.isAvailable()
        && (table == Tables.OBJECTS || table == Tables.VERSIONS);
  }

  /**
   * Only a quorum can decide anything.
   *
   * @throws StoreException UNSUPPORTED
   */
  private Coordinator deciding(Key key) {
    if (isSloppy(key.table())) {
      throw new StoreException(
          Reason.UNSUPPORTED, "What depends on an object's present state, in an available bucket,");
    }
    return coordinator(key.table());
  }

  /** The node in whose name rows are written. */
  public NodeId self() {
    return coordinator.self();
  }

  public void pause(long nanos) {
    coordinator.pause(nanos);
  }

  public long nanos() {
    return time.nanos();
  }

  public long wallMicros() {
    return time.wallMicros();
  }

  private long deadline() {
    return time.nanos() + PATIENCE_NANOS;
  }

  private static <T> T reached(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Reached<T>(T value) -> value;
      case Outcome.Refused<T>(Reply.Reason reason, String _) ->
          throw reason == Reply.Reason.CLOSED
              ? new ShardClosedException()
              : new StoreException(Reason.NOT_DONE);
      case Outcome.Unknown<T>(String _) -> throw new StoreException(Reason.UNKNOWN);
    };
  }

  /** A row's message from its value. */
  public static <T extends MessageLite> T decode(Parser<T> parser, Bytes value) {
    try {
      return parser.parseFrom(UnsafeByteOperations.unsafeWrap(value.array()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row that no node could have written", e);
    }
  }

  public static Bytes encode(MessageLite row) {
    return Bytes.wrap(row.toByteArray());
  }

  public static Bytes bytes(ByteString text) {
    return Bytes.wrap(text.toByteArray());
  }

  public static ByteString text(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }
}
