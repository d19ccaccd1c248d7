package rondo.ring.gossip;

import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.message.NodeState;
import rondo.ring.value.NodeId;

/**
 * This node's own state, as it announces it. Its incarnation is higher than in any life before; the
 * node refutes a suspicion by raising it (SWIM). If others know of a later incarnation, or of a
 * layout that this node has never installed, then its disk is older than the cluster's knowledge,
 * or another node runs under its id. It is a stranger then and answers no request. Thread-safe.
 */
public final class LocalNode {
  /** The bits for refutations in one life: the incarnations of the next life are above them all. */
  private static final int LIFE_BITS = 20;

  private final NodeId self;
  private final int release;
  private final AtomicLong incarnation;
  private final AtomicLong beat = new AtomicLong();
  private volatile boolean stranger;

  /**
   * @param life the number of this start, stored durably and higher than at every earlier one
   * @param release the program's release
   */
  public LocalNode(NodeId self, long life, int release) {
    this.self = self;
    this.release = release;
    this.incarnation = new AtomicLong(life << LIFE_BITS);
  }

  /** The release of this node's program. */
  public int release() {
    return release;
  }

  NodeId self() {
    return self;
  }

  void round() {
    beat.incrementAndGet();
  }

  /** This node's state, for a message. */
  NodeState state(long epoch, long active, long copied) {
    long told = NodeState.beat(release, beat.get());
    return new NodeState(self, incarnation.get(), told, epoch, active, copied, false);
  }

  /**
   * Notes what others believe of this node; true when this node should refute it soon.
   *
   * @param installed the newest epoch that this node has
   */
  boolean heard(NodeState state, long installed) {
    long mine = incarnation.get();
    if (state.incarnation() > mine || state.epoch() > installed) {
      stranger = true;
      return false;
    }
    return state.suspected()
        && state.incarnation() == mine
        && incarnation.compareAndSet(mine, mine + 1);
  }

  /** Whether the cluster knows a later life of this node than this one. */
  public boolean isStranger() {
    return stranger;
  }
}
