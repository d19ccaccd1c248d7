package rondo.ring.gossip;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.NodeState;
import rondo.ring.value.NodeId;

/**
 * This node's own state, as it announces it. Its incarnation is higher than in any life before; the
 * node refutes a suspicion by raising it (SWIM). If others know of a later incarnation, or of a
 * layout that this node has never installed, then its disk is older than the cluster's knowledge,
 * or another node runs under its id. It is a stranger then and answers no request. Thread-safe.
 */
public final class LocalNode {
  /** Rounds are recorded so many ahead: about half a minute's. */
  private static final int AHEAD = 30;

  private final NodeId self;
  private final int release;
  private final RoundRecord record;
  private final Vouchers vouchers;
  private long reserved;
  private boolean ended;
  private final AtomicLong incarnation;
  private final AtomicLong beat = new AtomicLong();
  private volatile boolean stranger;
  private volatile boolean copied;
  private volatile String token = "";
  private volatile Farewell farewell = new Farewell("", 0, false);

  private record Farewell(String why, long epoch, boolean lost) {}

  /**
   * @param life the number of this start, stored durably and higher than at every earlier one
   * @param release the program's release
   */
  public LocalNode(NodeId self, long life, int release) {
    this(self, life, release, RoundRecord.NONE);
  }

  /**
   * @param life as above
   * @param release as above
   * @param record of the rounds that this start and the one before may have told
   */
  public LocalNode(NodeId self, long life, int release, RoundRecord record) {
    this.self = self;
    this.release = release;
    this.record = record;
    this.vouchers = new Vouchers(self);
    this.incarnation = new AtomicLong(NodeState.incarnation(life));
  }

  /** Notes the id of the join token by which this node comes. */
  public void comesBy(String id) {
    token = id;
  }

  /** The id of the join token by which this node comes; empty without one. */
  public String token() {
    return token;
  }

  /** The release of this node's program. */
  public int release() {
    return release;
  }

  /** The number of this start. */
  public long start() {
    return NodeState.start(incarnation.get());
  }

  Vouchers vouchers() {
    return vouchers;
  }

  NodeId self() {
    return self;
  }

  /** Ends the rounds: one that is being recorded comes to its end, and none is recorded later. */
  synchronized void end() {
    ended = true;
  }

  synchronized void round() {
    if (ended) {
      return;
    }
    long next = beat.get() + 1;
    if (next > reserved) {
      record.reserve(next + AHEAD);
      reserved = next + AHEAD;
    }
    beat.set(next);
  }

  /**
   * This node's state, for a message. Its incarnation is told only once it is confirmed: others
   * would forget by it what they know of the start before.
   */
  NodeState state(@Nullable Layout installed, long epoch, long active, long copied) {
    long told = vouchers.confirm(installed) ? incarnation.get() : 0;
    long round = NodeState.beat(release, beat.get());
    return new NodeState(self, told, round, epoch, active, copied, false);
  }

  /**
   * Notes what others believe of this node; true when this node should refute it soon.
   *
   * @param installed the newest epoch that this node has
   */
  boolean heard(NodeState state, long installed) {
    long mine = incarnation.get();
    if (state.incarnation() > mine || state.epoch() > installed || isBeyond(state, mine)) {
      if (!stranger) {
        copied = vouchers.isConfirmed() && NodeState.start(state.incarnation()) >= start();
        stranger = true;
      }
      return false;
    }
    return state.suspected()
        && state.incarnation() == mine
        && incarnation.compareAndSet(mine, mine + 1);
  }

  /** Whether others have heard more rounds of this node than its disk knows of. */
  private boolean isBeyond(NodeState state, long mine) {
    boolean before = NodeState.start(state.incarnation()) == record.start();
    return (state.incarnation() == mine && state.round() > beat.get())
        || (before && state.round() > record.rounds());
  }

  /**
   * Notes that a member, whose layout is of {@code epoch}, has said that this node is a member no
   * more.
   *
   * @param lost whether it was given up or followed by another life, and not removed by order
   */
  public void dismissed(String why, long epoch, boolean lost) {
    if (epoch >= farewell.epoch) {
      farewell = new Farewell(why, epoch, lost);
    }
  }

  /**
   * Whether a layout is of another life of the cluster, which has left this node behind. The node
   * is dismissed then.
   */
  boolean isLeftBehind(Layout installed, Layout next) {
    boolean so = !next.life().equals(installed.life()) && next.members().isLost(self);
    if (so) {
      dismissed(next.life().farewell(), next.epoch(), true);
    }
    return so;
  }

  /** Why this node is a member no more; empty when nobody with a newer layout has said so. */
  public String dismissal(@Nullable Layout installed) {
    Farewell said = farewell;
    return said.epoch > (installed == null ? 0 : installed.epoch()) ? said.why : "";
  }

  /** Whether this node may answer others: a majority has vouched for its layout lately. */
  public boolean isLeased(Layout installed, long nowNanos) {
    return vouchers.isLeased(installed, nowNanos);
  }

  /** Whether that is for good. */
  public boolean isLost(@Nullable Layout installed) {
    return farewell.lost && !dismissal(installed).isEmpty();
  }

  /** Whether the cluster knows a later life of this node than this one. */
  public boolean isStranger() {
    return stranger;
  }

  /**
   * Whether another process has started from a copy of this node's disk while this one was at work.
   * Then this one's disk isn't older than its votes.
   */
  public boolean isCopied() {
    return copied;
  }
}
