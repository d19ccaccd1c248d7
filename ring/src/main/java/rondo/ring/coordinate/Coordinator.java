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
 * Operations on registers, from any node. Straight-line code: each call waits on its virtual
 * thread, at most until its deadline ({@link rondo.ring.port.Time#nanos}). Thread-safe.
 *
 * <p>Within the deadline an operation asks again: silent replicas, and all after a layout change.
 * Replicas that refuse for lack of a disk or the like end it sooner.
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
   * @param shown as the replicas see it
   */
  public Coordinator(
      NodeId self,
      HybridClock clock,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance,
      RowVisibility shown) {
    this(
        new CoordinatorContext(
            self,
            clock,
            placements,
            new NodePorts(network, tasks, time, chance),
            new SuspectedNodes(time),
            shown,
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

  /** One that goes after registers that have moved. */
  public Coordinator following(KeyLocator whereabouts) {
    return new Coordinator(context.with(whereabouts), Quorums.OF_LAYOUT);
  }

  /**
   * One that waits for quorums at least so large: R replicas that answer what it reads, W that take
   * what it writes. What a read writes back, and what a write asks before, the layout's are enough
   * for.
   */
  public Coordinator demanding(Quorums quorums) {
    return quorums.equals(Quorums.OF_LAYOUT) ? this : new Coordinator(context, quorums);
  }

  /**
   * One that does without owners that don't answer, as long as R and W nodes do, the next on the
   * ring among them: nothing that it reads or writes is linearizable. Conditional writes stay what
   * they are, and must be about other keys.
   */
  public Coordinator sloppy(Quorums least) {
    return new Coordinator(context, context.sloppy(least.r()), context.sloppy(least.w()));
  }

  /** The node in whose name it writes. */
  public NodeId self() {
    return context.self();
  }

  /** Waits so long, on the caller's virtual thread. */
  public void pause(long nanos) {
    context.pause(nanos);
  }

  /**
   * Linearizable unless {@code level} says less. Never {@link Outcome.Unknown}: what fails is
   * refused, with {@link Reply.Reason#UNAVAILABLE} for silence.
   */
  public Outcome<VersionedValue> read(Key key, ConsistencyLevel level, long deadlineNanos) {
    return read(key, level, Stamp.ZERO, deadlineNanos);
  }

  /**
   * The same, and never a state older than {@code atLeast}: whoever doesn't find it asks at ever
   * stronger levels. So a caller that keeps the stamps of what it has read and written reads its
   * own writes, and never goes back in time, at any level.
   */
  public Outcome<VersionedValue> read(
      Key key, ConsistencyLevel level, Stamp atLeast, long deadlineNanos) {
    return new ReadOperation(readContext, key, level, atLeast, deadlineNanos).run();
  }

  /**
   * Writes {@code value} (null deletes) whatever was there; gives the state that it replaced as it
   * was seen. Refused: certainly not written. Unknown: perhaps written, perhaps later.
   */
  public Outcome<ConditionalResult.Written> write(
      Key key, @Nullable Bytes value, long deadlineNanos) {
    return write(key, (before, stamp) -> value, deadlineNanos);
  }

  /** The same with a value that depends on its own stamp or on the state that it replaces. */
  public Outcome<ConditionalResult.Written> write(
      Key wanted, ValueFactory successor, long deadlineNanos) {
    var attempts = new Attempts(writeContext, wanted, deadlineNanos);
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
   * Brings a state that a write made elsewhere to a write quorum of this key, under its own stamp:
   * a larger one that is there stays. The caller answers for it that this stamp has one value.
   */
  public Outcome<VersionedValue> copy(Key key, VersionedValue state, long deadlineNanos) {
    return new WriteOperation(
            writeContext, new Attempts(writeContext, key, deadlineNanos), deadlineNanos)
        .write(state, overtaken -> state);
  }

  /**
   * Conditional write: {@code judge} sees the current state and decides, atomically. It may be
   * called several times and has no effects of its own. Refused: certainly not written. Unknown:
   * perhaps written, perhaps later.
   */
  public Outcome<ConditionalResult> update(
      Key key, Function<VersionedValue, Decision> judge, long deadlineNanos) {
    return new ConditionalWrite(updating(), key, judge, deadlineNanos).run();
  }

  /**
   * Brings the newest state to a write quorum of the newest placement that is known, together with
   * an unfinished conditional write that may already be chosen: in a joint epoch this is what
   * copies a key, and gives the state that the new replicas then have. Changes nothing that anybody
   * reads.
   */
  public Outcome<VersionedValue> settle(Key key, long deadlineNanos) {
    return new SettleOperation(writeContext, key, deadlineNanos).run();
  }

  /**
   * A page in order that holds every row in its range that was acknowledged before the call began,
   * and none whose delete was; {@code more} means that rows may follow. Never {@link
   * Outcome.Unknown}. In a closed partition, rows that nobody acknowledged may be in it too.
   */
  public Outcome<Reply.Page> scan(ScanRange range, long deadlineNanos) {
    return scan(range, ConsistencyLevel.LINEARIZABLE, deadlineNanos);
  }

  /**
   * The same from fewer replicas: below {@link ConsistencyLevel#QUORUM} the page may lack what was
   * acknowledged, or show what was deleted.
   */
  public Outcome<Reply.Page> scan(ScanRange range, ConsistencyLevel level, long deadlineNanos) {
    return new ScanOperation(this, readContext, range, level, deadlineNanos).run();
  }

  /**
   * The same, but gives up looking after half of the time: the page may then be empty, with {@code
   * more}, and says where to go on. So much may have been deleted that no single call gets past it.
   */
  public Outcome<Reply.Page> scanPart(ScanRange range, ConsistencyLevel level, long deadlineNanos) {
    long now = readContext.time().nanos();
    return new ScanOperation(this, readContext, range, level, deadlineNanos)
        .run(now + (deadlineNanos - now) / 2);
  }

  private CoordinatorContext updating() {
    return writeContext.isSloppy() ? context : writeContext;
  }

  static Request.Propagate propagate(Placement placement, Key key, VersionedValue state) {
    return new Request.Propagate(placement.epoch(), key, state);
  }
}
