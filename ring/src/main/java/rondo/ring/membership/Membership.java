package rondo.ring.membership;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.Gossip;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.gossip.LocalNode;
import rondo.ring.gossip.RequestFence;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.EpochFence;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.ProposerFactory;
import rondo.ring.streaming.ChunkTransfer;
import rondo.ring.streaming.Cleanup;
import rondo.ring.streaming.LocalRows;
import rondo.ring.streaming.MoveProgress;
import rondo.ring.streaming.PartitionMover;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/**
 * One node's part in its cluster: its layouts, the pings that spread them, the changes that it
 * drives, and the data that it takes over. Thread-safe.
 */
public final class Membership {
  private final LocalNode life;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final LayoutDriver changes;
  private final LayoutChanges orders;
  private final PartitionMover mover;
  private final RequestFence requests;
  private final Node own;
  private final Tasks tasks;
  private final Time time;

  /**
   * @param own what the layout shall say of this node; where it says otherwise, the node asks for a
   *     change
   * @param keeper of this node's layouts, which belongs to this membership from now on
   * @param rows that this node holds: those of partitions that have left it go
   * @param ports its network reaches nodes by {@link #layout}, this one too
   * @param copyBytesPerSecond how fast this node takes over data in a change; 0: as fast as it goes
   */
  public Membership(
      Node own,
      LayoutKeeper keeper,
      LocalRows rows,
      ChunkTransfer chunks,
      HybridClock clock,
      NodePorts ports,
      long copyBytesPerSecond) {
    this.own = own;
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.life = keeper.life();
    this.keeper = keeper;
    this.gossip = new Gossip(life, keeper, ports);
    var messenger = Messenger.of(ports);
    var proposers = new ProposerFactory(own.id(), clock, messenger);
    var succession = new LayoutSuccession(keeper, gossip, proposers, ports);
    this.orders = new LayoutChanges(keeper, succession, tasks, time);
    this.changes = new LayoutDriver(own, keeper, gossip, succession, ports);
    var strays = new Cleanup(own.id(), messenger, chunks, rows, keeper.chunkFence(), time);
    this.mover =
        new PartitionMover(
            own.id(), keeper, proposers, chunks, strays, tasks, time, copyBytesPerSecond);
    this.requests = new RequestFence(life, keeper, gossip, time);
    keeper.onNews(() -> {
      gossip.hurry();
      changes.wake();
      mover.wake();
    });
  }

  /**
   * Makes this node the first of a new cluster, durably.
   *
   * @throws IllegalStateException when it has a layout already
   */
  public void found(String cluster, Ring ring, Replication wish) {
    if (keeper.isReady()) {
      throw new IllegalStateException("this node is a member of a cluster already");
    }
    keeper.install(Layout.first(cluster, ring, own, wish));
  }

  /** Asks {@code seed} for the layout and for a place in it, until there is one. */
  public void joinThrough(NodeId seed) {
    changes.joinThrough(seed);
  }

  /**
   * Puts an operator's orders into the layout: true once they all stand there, false when that
   * isn't known by the deadline. Given again they change nothing more.
   *
   * @throws IllegalArgumentException in one line, when one makes no sense; then none stands
   */
  public boolean give(List<LayoutChange> given, long deadlineNanos) {
    return orders.give(given, deadlineNanos);
  }

  /** Starts the virtual threads of this node's membership; once. */
  public void start() {
    Daemon.start(tasks, time, "gossip", gossip::run);
    Daemon.start(tasks, time, "layout changes", changes::run);
    Daemon.start(tasks, time, "mover", mover::run);
  }

  public void stop() {
    gossip.stop();
    changes.stop();
    mover.stop();
  }

  /** Where rows live, for coordinators. */
  public LayoutKeeper placements() {
    return keeper;
  }

  /** What holds this node's requests on rows, from itself too, to the epoch. */
  public EpochFence requestFence() {
    return requests;
  }

  /** Answers what nodes tell each other about layouts. */
  public Reply answer(Request.Membership request) {
    return changes.answer(request);
  }

  /** The newest layout that is installed here; null before the first. */
  public @Nullable Layout layout() {
    return keeper.installed();
  }

  /** Whether that layout is in use: every quorum of the one before is out of reach. */
  public boolean isInUse() {
    return keeper.active() != null;
  }

  /** Whether so little was heard of a node lately that it is asked last. */
  public boolean suspected(NodeId node) {
    return keeper.suspected(node);
  }

  /**
   * Whether the cluster knows a later life of this node than this one: its disk has gone back in
   * time, or its identity lives elsewhere. It answers for nothing then.
   */
  public boolean isStranger() {
    return life.isStranger();
  }

  /** What this node says to whom it has never met. */
  public Request.Ping hello() {
    Reply.Pong pong = keeper.pong();
    return new Request.Ping(pong.own().epoch(), pong.facts());
  }

  /** What this node has copied in the newest joint epoch. */
  public MoveProgress progress() {
    return mover.progress();
  }
}
