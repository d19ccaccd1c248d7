package rondo.ring.coordinate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.quorums.SuspectedNodes;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.HybridClock;

/**
 * Operations on registers, from any node. Each call runs on its caller's virtual thread and waits
 * there, at most until its deadline ({@link rondo.ring.port.Time#nanos}). Thread-safe.
 *
 * <p>Within the deadline an operation asks silent replicas again, and all of them after a layout
 * change. Replicas that refuse, for a failed disk for example, end it sooner. While the node's
 * clock is not sound, it refuses to write.
 */
public final class Coordinator {
  private final CoordinatorContext context;
  private final CoordinatorContext readContext;
  private final CoordinatorContext writeContext;

  /** A coordinator whose listings show every row that has a value. */
  public Coordinator(
      NodeId self,
      HybridClock clock,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance) {
    this(self, clock, placements, network, tasks, time, chance, RowVisibility.ALL);
  }

  /**
   * @param visibility the visibility that the replicas use, too
   */
  public Coordinator(
      NodeId self,
      HybridClock clock,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance,
      RowVisibility visibility) {
    this(
        new CoordinatorContext(
            self,
            clock,
            placements,
            new NodePorts(network, tasks, time, chance),
            new SuspectedNodes(time),
            visibility,
            KeyLocator.UNMOVED,
            Long.MAX_VALUE),
        Quorums.OF_LAYOUT);
  }

  private Coordinator(CoordinatorContext context, Quorums quorums) {
    this(
        context,
        context.with(new Quorums(quorums.r(), 1)),
        context.with(new Quorums(1, quorums.w())));
  }

  private Coordinator(
      CoordinatorContext context, CoordinatorContext readContext, CoordinatorContext writeContext) {
    this.context = context;
    this.readContext = readContext;
    this.writeContext = writeContext;
  }

  /** A coordinator that follows registers that have moved. */
  public Coordinator locatingBy(KeyLocator locator) {
    return new Coordinator(context.with(locator), Quorums.OF_LAYOUT);
  }

  /**
   * A coordinator with larger quorums: its reads wait for at least R replicas that answer, its
   * writes for at least W that take the state. The layout's quorums are enough for the write-back
   * of a read and for the query before a write.
   */
  public Coordinator withQuorums(Quorums quorums) {
    return quorums.equals(Quorums.OF_LAYOUT) ? this : new Coordinator(context, quorums);
  }

  /**
   * A coordinator with sloppy quorums: it does without owners that don't answer, as long as R and W
   * nodes do, the next nodes on the ring among them. None of its reads and writes is linearizable.
   * Its conditional writes keep strict quorums, and must use other keys.
   */
  public Coordinator sloppy(Quorums least) {
    return new Coordinator(context, context.sloppy(least.r()), context.sloppy(least.w()));
  }

  /** The node whose id its stamps and ballots carry. */
  public NodeId self() {
    return context.self();
  }

  /** Blocks the caller's virtual thread for {@code nanos}. */
  public void pause(long nanos) {
    context.pause(nanos);
  }

  /**
   * Reads a key, linearizably unless {@code level} says less. Never {@link Outcome.Unknown}: a read
   * that fails is refused, with {@link Reply.Reason#UNAVAILABLE} for silence.
   */
  public Outcome<VersionedValue> read(Key key, ConsistencyLevel level, long deadlineNanos) {
    return read(key, level, Stamp.ZERO, deadlineNanos);
  }

  /**
   * Reads a key, and never returns a state older than {@code atLeast}: a read that finds only older
   * ones asks again at stronger levels. So a caller that keeps the stamps of its reads and writes
   * reads its own writes and never goes back in time, at any level.
   */
  public Outcome<VersionedValue> read(
      Key key, ConsistencyLevel level, Stamp atLeast, long deadlineNanos) {
    return new ReadOperation(readContext, key, level, atLeast, deadlineNanos).run();
  }

  /**
   * Writes {@code value} (null deletes) over any state, and returns the state that it saw before.
   * Refused: certainly not written. Unknown: perhaps written, perhaps later.
   */
  public Outcome<ConditionalResult.Written> write(
      Key key, @Nullable Bytes value, long deadlineNanos) {
    return write(key, (before, stamp) -> value, deadlineNanos);
  }

  /**
   * Writes a value that depends on its own stamp or on the state that it replaces. The outcomes are
   * those of a plain write.
   */
  public Outcome<ConditionalResult.Written> write(
      Key start, ValueFactory successor, long deadlineNanos) {
    String trouble = context.clock().trouble();
    if (!trouble.isEmpty()) {
      return new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, trouble);
    }
    var attempts = new Attempts(writeContext, start, deadlineNanos);
    VersionedValue before = null;
    while (before == null) {
      Key key = attempts.key();
      Placement placement = writeContext.placements().of(key.partition());
      var newest =
          new QueryPhase(writeContext, placement, key, placement.readSets(), deadlineNanos);
      Round.End end = newest.ask();
      if (end == Round.End.REACHED) {
        before = newest.state();
      } else if (!attempts.awaitRetry(newest.round(), end)) {
        return RetryPolicy.refused(newest.round());
      }
    }
    var stamp = new Stamp(context.clock().tick(before.stamp().time()), context.self().value(), 0);
    Bytes value = successor.value(before, stamp);
    VersionedValue seen = before;
    return new WriteOperation(writeContext, attempts, deadlineNanos)
        .write(
            new VersionedValue(stamp, value),
            overtaken -> new ConditionalResult.Written(seen, stamp, overtaken));
  }

  /**
   * Brings a state that was written elsewhere to a write quorum of this key, under its own stamp; a
   * replica with a larger stamp keeps its state. The caller guarantees that this stamp has one
   * value.
   */
  public Outcome<VersionedValue> copy(Key key, VersionedValue state, long deadlineNanos) {
    return new WriteOperation(
            writeContext, new Attempts(writeContext, key, deadlineNanos), deadlineNanos)
        .write(state, overtaken -> state);
  }

  /**
   * Conditional write: {@code judge} sees the current state and decides, atomically. The
   * coordinator may call it several times, so it must have no effects of its own. Refused:
   * certainly not written. Unknown: perhaps written, perhaps later.
   */
  public Outcome<ConditionalResult> update(
      Key key, Function<VersionedValue, Decision> judge, long deadlineNanos) {
    String trouble = context.clock().trouble();
    if (!trouble.isEmpty()) {
      return new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, trouble);
    }
    return new ConditionalWrite(conditionalContext(), key, judge, deadlineNanos).run();
  }

  /**
   * Brings the newest state to a write quorum of the newest placement that is known, together with
   * an unfinished conditional write that may already be chosen, and returns that state. In a joint
   * epoch this copies a key to its new replicas. No reader sees a change.
   */
  public Outcome<VersionedValue> settle(Key key, long deadlineNanos) {
    return new SettleOperation(writeContext, key, deadlineNanos).run();
  }

  /**
   * Lists a page in order. It holds every row of the range that was acknowledged before the call
   * began, and none whose delete was; {@code more} means that rows may follow. Never {@link
   * Outcome.Unknown}. The page of a closed partition may also hold rows that were never
   * acknowledged.
   */
  public Outcome<Reply.Page> scan(ScanRange range, long deadlineNanos) {
    return scan(range, ConsistencyLevel.LINEARIZABLE, deadlineNanos);
  }

  /**
   * Lists a page at a level: below {@link ConsistencyLevel#QUORUM} the page may lack acknowledged
   * rows or show deleted ones.
   */
  public Outcome<Reply.Page> scan(ScanRange range, ConsistencyLevel level, long deadlineNanos) {
    return new ScanOperation(this, readContext, range, level, deadlineNanos).run();
  }

  /**
   * Lists a page, but stops after half of the time until the deadline. The page may then be empty,
   * with {@code more}, and {@link Reply.Page#next} says where to continue: a range may have more
   * deleted rows than one call gets past.
   */
  public Outcome<Reply.Page> scanPart(ScanRange range, ConsistencyLevel level, long deadlineNanos) {
    long now = readContext.time().nanos();
    return new ScanOperation(this, readContext, range, level, deadlineNanos)
        .run(now + (deadlineNanos - now) / 2);
  }

  private CoordinatorContext conditionalContext() {
    return writeContext.isSloppy() ? context : writeContext;
  }

  static Request.Propagate propagate(Placement placement, Key key, VersionedValue state) {
    return new Request.Propagate(placement.epoch(), key, state);
  }
}
