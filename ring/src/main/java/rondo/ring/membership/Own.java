package rondo.ring.membership;

import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.message.Fact;
import rondo.ring.placement.NodeId;

/**
 * This node's own life, as others hear of it. Its incarnation is higher than in any life before; it
 * refutes a suspicion by a higher one. If others know of a later incarnation, or of a layout that
 * this node has never installed, then its disk has gone back in time, or its identity lives
 * elsewhere: it is a stranger then and answers for nothing. Thread-safe.
 */
final class Own {
  /** Room for refutations: incarnations of the next life are above them all. */
  private static final int LIFE_BITS = 20;

  private final NodeId self;
  private final AtomicLong incarnation;
  private final AtomicLong beat = new AtomicLong();
  private volatile boolean stranger;

  /**
   * @param life a number that grows with every start, durably
   */
  Own(NodeId self, long life) {
    this.self = self;
    this.incarnation = new AtomicLong(life << LIFE_BITS);
  }

  NodeId self() {
    return self;
  }

  void round() {
    beat.incrementAndGet();
  }

  /** What this node says of itself. */
  Fact fact(long epoch, long active, long copied) {
    return new Fact(self, incarnation.get(), beat.get(), epoch, active, copied, false);
  }

  /**
   * Others say this of this node; true when that calls for an answer soon.
   *
   * @param installed the newest epoch that this node has
   */
  boolean heard(Fact fact, long installed) {
    long mine = incarnation.get();
    if (fact.incarnation() > mine || fact.epoch() > installed) {
      stranger = true;
      return false;
    }
    return fact.suspected()
        && fact.incarnation() == mine
        && incarnation.compareAndSet(mine, mine + 1);
  }

  /** Whether the cluster knows a later life of this node than this one. */
  boolean isStranger() {
    return stranger;
  }
}
