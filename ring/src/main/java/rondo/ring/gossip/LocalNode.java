package rondo.ring.gossip;

import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.message.NodeState;
import rondo.ring.value.NodeId;

/**
 * This node's own life, as others hear of it. Its incarnation is higher than in any life before; it
 * refutes a suspicion by a higher one. If others know of a later incarnation, or of a layout that
 * this node has never installed, then its disk has gone back in time, or its identity lives
 * elsewhere: it is a stranger then and answers for nothing. Thread-safe.
 */
public final class LocalNode {
  /** Room for refutations: incarnations of the next life are above them all. */
  private static final int LIFE_BITS = 20;

  private final NodeId self;
  private final AtomicLong incarnation;
  private final AtomicLong beat = new AtomicLong();
  private volatile boolean stranger;

  /**
   * @param life a number that grows with every start, durably
   */
  LocalNode(NodeId self, long life) {
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
  NodeState fact(long epoch, long active, long copied) {
    return new NodeState(self, incarnation.get(), beat.get(), epoch, active, copied, false);
  }

  /**
   * Others say this of this node; true when that calls for an answer soon.
   *
   * @param installed the newest epoch that this node has
   */
  boolean heard(NodeState fact, long installed) {
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
  public boolean isStranger() {
    return stranger;
  }
}
