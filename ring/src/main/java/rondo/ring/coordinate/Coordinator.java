package rondo.ring.coordinate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.NodeId;
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
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.HybridClock;
import rondo.ring.version.Stamp;

/**
 * Operations on registers, from any node. Straight-line code: each call waits on its virtual
 * thread, at most until its deadline ({@link rondo.ring.port.Time#nanos}). Thread-safe.
 *
 * <p>Within the deadline an operation asks again: silent replicas, and all after a layout change.
 * Replicas that refuse for lack of a disk or the like end it sooner.
 */
public final class Coordinator {
  private final Surroundings context;
  private final Surroundings readContext;
  private final Surroundings writeContext;

  /** A coordinator whose listings show every row that has a value. */
  public Coordinator(
      NodeId self,
      HybridClock clock,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance) {
    this(self, clock, placements, network, tasks, time, chance, Shown.ALL);
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
      Shown shown) {
    this(
        new Surroundings(
            self,
            clock,
            placements,
            new NodePorts(network, tasks, time, chance),
            new Suspects(time),
            shown,
            Whereabouts.UNMOVED,
            Long.MAX_VALUE),
        Quorums.OF_LAYOUT);
  }

  private Coordinator(Surroundings context, Quorums quorums) {
    this(
        context,
        context.with(new Quorums(quorums.r(), 1)),
        context.with(new Quorums(1, quorums.w())));
  }

  private Coordinator(Surroundings context, Surroundings readContext, Surroundings writeContext) {
    this.context = context;
    this.readContext = readContext;
    this.writeContext = writeContext;
  }

  /** One that goes after registers that have moved. */
  public Coordinator following(Whereabouts whereabouts) {
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
  public Outcome<Versioned> read(Key key, Level level, long deadlineNanos) {
    return read(key, level, Stamp.ZERO, deadlineNanos);
  }

  /**
   * The same, and never a state older than {@code atLeast}: whoever doesn't find it asks at ever
   * stronger levels. So a caller that keeps the stamps of what it has read and written reads its
   * own writes, and never goes back in time, at any level.
   */
  public Outcome<Versioned> read(Key key, Level level, Stamp atLeast, long deadlineNanos) {
    return new Reading(readContext, key, level, atLeast, deadlineNanos).run();
  }

  /**
   * Writes {@code value} (null deletes) whatever was there; gives the state that it replaced as it
   * was seen. Refused: certainly not written. Unknown: perhaps written, perhaps later.
   */
  public Outcome<Update.Written> write(Key key, @Nullable Bytes value, long deadlineNanos) {
    return write(key, (before, stamp) -> value, deadlineNanos);
  }

  /** The same with a value that depends on its own stamp or on the state that it replaces. */
  public Outcome<Update.Written> write(Key wanted, Successor successor, long deadlineNanos) {
    var attempts = new Course(writeContext, wanted, deadlineNanos);
    Versioned before = null;
    while (before == null) {
      Key key = attempts.key();
      Placement placement = writeContext.placements().of(key.partition());
      var newest = new Newest(writeContext, placement, key, placement.readSets(), deadlineNanos);
      Round.End end = newest.ask();
      if (end == Round.End.REACHED) {
        before = newest.state();
      } else if (!attempts.awaitRetry(newest.round(), end)) {
        return Patience.refused(newest.round());
      }
    }
    var stamp = new Stamp(context.clock().tick(before.stamp().time()), context.self().value(), 0);
    Bytes value = successor.value(before, stamp);
    Versioned seen = before;
    return new Writing(writeContext, attempts, deadlineNanos)
        .write(
            new Versioned(stamp, value), overtaken -> new Update.Written(seen, stamp, overtaken));
  }

  /**
   * Brings a state that a write made elsewhere to a write quorum of this key, under its own stamp:
   * a larger one that is there stays. The caller answers for it that this stamp has one value.
   */
  public Outcome<Versioned> copy(Key key, Versioned state, long deadlineNanos) {
    return new Writing(writeContext, new Course(writeContext, key, deadlineNanos), deadlineNanos)
        .write(state, overtaken -> state);
  }

  /**
   * Conditional write: {@code judge} sees the current state and decides, atomically. It may be
   * called several times and has no effects of its own. Refused: certainly not written. Unknown:
   * perhaps written, perhaps later.
   */
  public Outcome<Update> update(Key key, Function<Versioned, Judgement> judge, long deadlineNanos) {
    return new Updating(updating(), key, judge, deadlineNanos).run();
  }

  /**
   * Brings the newest state to a write quorum of the newest placement that is known, together with
   * an unfinished conditional write that may already be chosen: in a joint epoch this is what
   * copies a key, and gives the state that the new replicas then have. Changes nothing that anybody
   * reads.
   */
  public Outcome<Versioned> settle(Key key, long deadlineNanos) {
    return new Settling(writeContext, key, deadlineNanos).run();
  }

  /**
   * A page in order that holds every row in its range that was acknowledged before the call began,
   * and none whose delete was; {@code more} means that rows may follow. Never {@link
   * Outcome.Unknown}. In a closed partition, rows that nobody acknowledged may be in it too.
   */
  public Outcome<Reply.Page> scan(Range range, long deadlineNanos) {
    return scan(range, Level.LINEARIZABLE, deadlineNanos);
  }

  /**
   * The same from fewer replicas: below {@link Level#QUORUM} the page may lack what was
   * acknowledged, or show what was deleted.
   */
  public Outcome<Reply.Page> scan(Range range, Level level, long deadlineNanos) {
    return new Scanning(this, readContext, range, level, deadlineNanos).run();
  }

  /**
   * The same, but gives up looking after half of the time: the page may then be empty, with {@code
   * more}, and says where to go on. So much may have been deleted that no single call gets past it.
   */
  public Outcome<Reply.Page> scanPart(Range range, Level level, long deadlineNanos) {
    long now = readContext.time().nanos();
    return new Scanning(this, readContext, range, level, deadlineNanos)
        .run(now + (deadlineNanos - now) / 2);
  }

  private Surroundings updating() {
    return writeContext.isSloppy() ? context : writeContext;
  }

  static Request.Propagate propagate(Placement placement, Key key, Versioned state) {
    return new Request.Propagate(placement.epoch(), key, state);
  }
}
