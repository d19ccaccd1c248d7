package rondo.gateway.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.gateway.store.StoreException.Reason;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.shard.Moved;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Level;
import rondo.ring.coordinate.Successor;
import rondo.ring.coordinate.Update;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * The registers as the store sees them: an outcome that isn't a result is a {@link StoreException},
 * and every call has a deadline. Thread-safe.
 */
public final class Rows {
  /**
   * No operation on a row takes longer. SDKs give up a request after a minute, and one takes a
   * handful of these steps.
   */
  public static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

  /** Behind millions of deleted rows there may be one that is listed. */
  private static final long LISTING_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

  private final Coordinator coordinator;
  private final Moved moved;
  private final Time time;
  private final @Nullable Bucket bucket;

  Rows(Coordinator coordinator, Time time) {
    this.moved = new Moved(coordinator, time);
    this.coordinator = coordinator.following(moved);
    this.time = time;
    this.bucket = null;
  }

  private Rows(Rows all, Bucket bucket) {
    this.moved = all.moved;
    this.coordinator = all.coordinator;
    this.time = all.time;
    this.bucket = bucket;
  }

  /** These rows, read and written by the quorums that the bucket asks for. */
  Rows in(Bucket asked) {
    return new Rows(this, asked);
  }

  /**
   * The newest state, linearizable.
   *
   * @throws StoreException NOT_DONE
   */
  public Versioned read(Key key) {
    return reached(coordinator(key.table()).read(key, Level.LINEARIZABLE, deadline()));
  }

  /**
   * A state that some replica has, if no quorum can be asked in so much time.
   *
   * @throws StoreException NOT_DONE
   */
  Versioned readSomehow(Key key, long patienceNanos) {
    Outcome<Versioned> newest =
        coordinator.read(key, Level.LINEARIZABLE, time.nanos() + patienceNanos);
    return newest instanceof Outcome.Reached<Versioned>(Versioned state)
        ? state
        : reached(coordinator.read(key, Level.ONE, deadline()));
  }

  /**
   * The state of an object's row in that bucket, as the request of this thread wants to see it
   * ({@link Consistency}).
   *
   * @throws StoreException NOT_DONE, NO_LEVEL
   */
  Versioned see(Bucket read, Key key) {
    Rows rows = in(read);
    Consistency asked = Consistency.current();
    Stamp least = asked.atLeast(read, key);
    Versioned state = least == null ? rows.read(key) : rows.read(key, asked.of(read), least);
    asked.saw(key, state.stamp());
    return state;
  }

  private Versioned read(Key key, Level level, Stamp atLeast) {
    return reached(coordinator(key.table()).read(key, level, atLeast, deadline()));
  }

  /**
   * Writes whatever was there.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  public Update.Written write(Key key, @Nullable Bytes value) {
    return noted(key, reached(coordinator(key.table()).write(key, value, deadline())));
  }

  /**
   * The same with a value made when the state that it replaces is known.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  Update.Written succeed(Key key, Successor successor) {
    return noted(key, reached(coordinator(key.table()).write(key, successor, deadline())));
  }

  /** Writes a state that was made under another key, unless a newer one is there. */
  void copy(Key key, Versioned state) {
    reached(coordinator(key.table()).copy(key, state, deadline()));
  }

  /**
   * A conditional write of ours, such as every change to a row that must not lose another one.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, UNKNOWN when perhaps
   */
  public Update update(Key key, Function<Versioned, Judgement> judge) {
    return noted(key, reached(deciding(key).update(key, judge, deadline())));
  }

  /**
   * A conditional write that the client asked for.
   *
   * @throws StoreException NOT_DONE when it was certainly not written, CONDITION_UNKNOWN when
   *     perhaps
   */
  Update conditional(Key key, Function<Versioned, Judgement> judge) {
    Outcome<Update> outcome = deciding(key).update(key, judge, deadline());
    if (outcome instanceof Outcome.Unknown<Update>) {
      throw new StoreException(Reason.CONDITION_UNKNOWN);
    }
    return noted(key, reached(outcome));
  }

  private static <T extends Update> T noted(Key key, T update) {
    if (update instanceof Update.Written written) {
      Consistency.current().saw(key, written.stamp());
    }
    return update;
  }

  /**
   * The first page of a range; it may end early, with {@code more}, but not without an entry.
   *
   * @throws StoreException NOT_DONE
   */
  public Reply.Page scan(Range range) {
    return scan(range, Level.LINEARIZABLE);
  }

  /**
   * The same at another level.
   *
   * @throws StoreException NOT_DONE
   */
  Reply.Page scan(Range range, Level level) {
    long end = time.nanos() + LISTING_PATIENCE_NANOS;
    Range rest = range;
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
  Reply.Page scanOfKey(Range range) {
    long deadline = deadline();
    Range now = range;
    while (true) {
      try {
        return scan(now);
      } catch (ClosedException closed) {
        Key next = moved.of(new Key(now.table(), now.partition(), now.prefix()), deadline);
        if (next == null) {
          throw closed;
        }
        now = now.in(next.partition());
      }
    }
  }

  /** Ends what keeps keys of that bucket closed for too long. */
  void settle(BucketRow bucket) {
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
  NodeId self() {
    return coordinator.self();
  }

  void pause(long nanos) {
    coordinator.pause(nanos);
  }

  long nanos() {
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
              ? new ClosedException()
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
