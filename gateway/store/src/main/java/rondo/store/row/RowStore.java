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
 * The registers as the store sees them. An outcome without a result becomes a {@link
 * StoreException}, and every call has a deadline. Thread-safe.
 */
public final class RowStore {
  /** The limit of a call. SDKs give up after a minute, and a request takes a handful of calls. */
  public static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** Millions of deleted rows may stand before the first listed one. */
  private static final long LISTING_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

  private final Coordinator coordinator;
  private final TailLocator moved;
  private final Time time;
  private final @Nullable Bucket bucket;

  public RowStore(Coordinator coordinator, Time time) {
    this.moved = new TailLocator(coordinator, time);
    this.coordinator = coordinator.locatingBy(moved);
    this.time = time;
    this.bucket = null;
  }

  private RowStore(RowStore all, Bucket bucket) {
    this.moved = all.moved;
    this.coordinator = all.coordinator;
    this.time = all.time;
    this.bucket = bucket;
  }

  /** These rows, read and written by the bucket's quorums. */
  public RowStore in(Bucket asked) {
    return new RowStore(this, asked);
  }

  /**
   * Reads the newest state, linearizably.
   *
   * @throws StoreException NOT_DONE
   */
  public VersionedValue read(Key key) {
    return reached(coordinator(key.table()).read(key, ConsistencyLevel.LINEARIZABLE, deadline()));
  }

  /**
   * Reads the newest state; if no quorum answers within the patience, the state of any replica.
   *
   * @param patienceNanos how long a quorum may take
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
   * Reads an object's row at the level, and in the session, of this thread's request ({@link
   * Consistency}).
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
   * Writes a value, unconditionally.
   *
   * @param value null to remove the row
   * @throws StoreException NOT_DONE when it was certainly not written; UNKNOWN when it may have
   *     been
   */
  public ConditionalResult.Written write(Key key, @Nullable Bytes value) {
    return noted(key, reached(coordinator(key.table()).write(key, value, deadline())));
  }

  /**
   * Writes a value that is made from the state that it replaces, unconditionally.
   *
   * @throws StoreException NOT_DONE when it was certainly not written; UNKNOWN when it may have
   *     been
   */
  public ConditionalResult.Written succeed(Key key, ValueFactory successor) {
    return noted(key, reached(coordinator(key.table()).write(key, successor, deadline())));
  }

  /** Writes a state that was made under another key, unless this key has a newer one. */
  public void copy(Key key, VersionedValue state) {
    reached(coordinator(key.table()).copy(key, state, deadline()));
  }

  /**
   * Makes a conditional write of the store's own, for changes that must not lose another one.
   *
   * @throws StoreException NOT_DONE when it was certainly not written; UNKNOWN when it may have
   *     been
   */
  public ConditionalResult update(Key key, Function<VersionedValue, Decision> judge) {
    return noted(key, reached(deciding(key).update(key, judge, deadline())));
  }

  /**
   * Makes a conditional write that the client asked for.
   *
   * @throws StoreException NOT_DONE when it was certainly not written; CONDITION_UNKNOWN when it
   *     may have been
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
   * Reads the first page of a range, linearizably. The page may end early, with {@code more}, but
   * not without an entry.
   *
   * @throws StoreException NOT_DONE
   */
  public Reply.Page scan(ScanRange range) {
    return scan(range, ConsistencyLevel.LINEARIZABLE);
  }

  /**
   * Reads the first page of a range at a consistency level. The page may end early, with {@code
   * more}, but not without an entry.
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
   * Reads the first page of a range within the rows of one object's key, linearizably, and follows
   * the rows when they move to another shard.
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

  /** Completes, or gives up, a shard move that keeps keys of the bucket closed for too long. */
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
    return bucket.isAvailable() ? coordinator : coordinator.withQuorums(bucket.quorums());
  }

  private boolean isSloppy(int table) {
    return bucket != null
        && bucket.isAvailable()
        && (table == Tables.OBJECTS || table == Tables.VERSIONS);
  }

  /** The coordinator for a decision, which needs a quorum; else {@link Reason#UNSUPPORTED}. */
  private Coordinator deciding(Key key) {
    if (isSloppy(key.table())) {
      throw new StoreException(
          Reason.UNSUPPORTED, "What depends on an object's present state, in an available bucket,");
    }
    return coordinator(key.table());
  }

  /** The node whose id the stamps of new rows carry. */
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
      case Outcome.Refused<T>(Reply.Reason reason, String detail) ->
          throw reason == Reply.Reason.CLOSED
              ? new ShardClosedException()
              : new StoreException(Reason.NOT_DONE, detail);
      case Outcome.Unknown<T>(String _) -> throw new StoreException(Reason.UNKNOWN);
    };
  }

  /** Decodes a row's message from its value. */
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
