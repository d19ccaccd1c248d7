package rondo.ring.coordinate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.HybridClock;

/**
 * Operations on registers, from any node. Straight-line code: each call waits on its virtual
 * thread, at most until its deadline ({@link rondo.ring.port.Time#nanos}). Thread-safe.
 */
@SuppressWarnings("UnusedVariable")
public final class Coordinator {
  private final NodeId self;
  private final HybridClock clock;
  private final Placements placements;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;

  public Coordinator(
      NodeId self,
      HybridClock clock,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance) {
    this.self = self;
    this.clock = clock;
    this.placements = placements;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
    this.chance = chance;
  }

  /** Linearizable unless {@code level} says less. */
  public Outcome<Versioned> read(Key key, Level level, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes {@code value} (null deletes) whatever was there; gives the state that it replaced as it
   * was seen.
   */
  public Outcome<Update.Written> write(Key key, @Nullable Bytes value, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /**
   * Conditional write: {@code judge} sees the current state and decides, atomically. It may be
   * called several times and has no effects of its own.
   */
  public Outcome<Update> update(Key key, Function<Versioned, Judgement> judge, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /** A page that holds every live row acknowledged before the call began. */
  public Outcome<Reply.Page> scan(Range range, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }
}
