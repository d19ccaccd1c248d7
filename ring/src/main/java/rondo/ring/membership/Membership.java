package rondo.ring.membership;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.Gossip;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.gossip.LocalNode;
import rondo.ring.gossip.RequestFence;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.message.NodeState;
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
import rondo.ring.version.ClockJudge;
import rondo.ring.version.HybridClock;

/**
 * One node's part in its cluster: its layouts, the pings that spread them, the changes that it
 * drives, and the data that it takes over. Thread-safe.
 */
public final class Membership {
  private final LocalNode localNode;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final LayoutDriver driver;
  private final LayoutChanges layoutChanges;
  private final PartitionMover mover;
  private final RequestFence requests;
  private final Node own;
  private final Acknowledgements acknowledgements;
  private final Rescue rescue;
  private final Tasks tasks;
  private final Time time;

  /**
   * @param own this node's description of itself; while the layout has another one, the node asks
   *     for a change
   * @param keeper of this node's layouts, which belongs to this membership from now on
   * @param rows that this node holds; those of partitions that it no longer owns are removed
   * @param ports the network reaches the nodes of {@link #layout}, this one too
   * @param copyBytesPerSecond how fast this node copies data in a change, asked again and again; 0:
   *     without a limit
   */
  public Membership(
      Node own,
      LayoutKeeper keeper,
      LocalRows rows,
      ChunkTransfer chunks,
      HybridClock clock,
      NodePorts ports,
      LongSupplier copyBytesPerSecond) {
    this.own = own;
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.localNode = keeper.localNode();
    this.keeper = keeper;
    this.gossip = new Gossip(localNode, keeper, ports);
    var messenger = Messenger.of(ports);
    var proposers = new ProposerFactory(own.id(), clock, messenger);
    var succession = new LayoutSuccession(keeper, gossip, proposers, ports);
    this.layoutChanges = new LayoutChanges(keeper, succession, tasks, time);
    this.driver = new LayoutDriver(own, keeper, gossip, succession, ports);
    var cleanup = new Cleanup(own.id(), messenger, chunks, rows, keeper.chunkFence(), time);
    this.mover =
        new PartitionMover(
            own.id(), keeper, proposers, chunks, cleanup, tasks, time, copyBytesPerSecond);
    this.acknowledgements = new Acknowledgements(own.id(), keeper, time);
    this.rescue = new Rescue(own.id(), keeper, succession, clock, ports);
    clock.above(() -> Rescue.floorMicros(keeper));
    this.requests = new RequestFence(localNode, keeper, gossip, time);
    trustOnlyClock(clock.judge());
    keeper.onNews(() -> {
      trustOnlyClock(clock.judge());
      gossip.hurry();
      driver.wake();
      mover.wake();
    });
  }

  /** A node without others has nothing to compare its clock with, and serves at once. */
  private void trustOnlyClock(ClockJudge judge) {
    Layout layout = keeper.installed();
    if (layout != null && layout.nodes().stream().map(Node::id).allMatch(own.id()::equals)) {
      judge.alone();
    }
  }

  /**
   * Why this node is no member yet, in a sentence; empty when it is one, or when nothing is amiss.
   */
  public String obstacle() {
    String refusal = driver.refusal();
    return refusal.isEmpty() ? driver.founding().obstacle() : refusal;
  }

  /**
   * Keeps nodes of some names out from now on.
   *
   * @param refusals why a name is kept out, in a sentence; empty for others; quick, and thread-safe
   */
  public void refuse(UnaryOperator<String> refusals) {
    driver.refuse(refusals);
  }

  /** The meeting of the nodes that found a cluster with this one. */
  public Founding founding() {
    return driver.founding();
  }

  /** Offers another node to found a cluster of {@code expect} nodes with it. */
  public Request.Found offer(int expect) {
    return new Request.Found(0, driver.introduction(), expect);
  }

  /** This node, as it describes itself. */
  public Node own() {
    return own;
  }

  /**
   * Makes this node the first of a new cluster, durably.
   *
   * @throws IllegalStateException when the node has a layout already
   */
  public void found(String cluster, Ring ring, Replication wish) {
    found(cluster, ring, List.of(own), wish);
  }

  /**
   * Makes a new cluster of nodes that agree to found it, durably. Those that don't have its layout
   * yet are given it; before enough have it, nothing is acknowledged.
   *
   * @throws IllegalStateException when the node has a layout already
   */
  public void found(String cluster, Ring ring, List<Node> founders, Replication wish) {
    if (keeper.isReady()) {
      throw new IllegalStateException("this node is a member of a cluster already");
    }
    Layout first = Layout.first(cluster, ring, founders, wish);
    keeper.install(first.agreeing(localNode.release()));
  }

  /** Asks {@code seed} for the layout and a place in it, until this node has one. */
  public void joinThrough(NodeId seed) {
    driver.joinThrough(seed);
  }

  /**
   * Puts an operator's changes into the layout: true once they all stand there, false when that
   * isn't known by the deadline. Giving them again changes nothing more.
   *
   * @throws IllegalArgumentException with a message in one line, when a change makes no sense; then
   *     none stands
   */
  public boolean order(List<LayoutChange> changes, long deadlineNanos) {
    return layoutChanges.order(changes, deadlineNanos);
  }

  /** Another life of the cluster, without nodes that are gone for good and a quorum needs. */
  public Rescue rescue() {
    return rescue;
  }

  /** Starts the virtual threads of this node's membership; once. */
  public void start() {
    Daemon.start(tasks, time, "gossip", gossip::run);
    Daemon.start(tasks, time, "layout changes", driver::run);
    Daemon.start(tasks, time, "mover", mover::run);
  }

  public void stop() {
    gossip.stop();
    driver.stop();
    mover.stop();
  }

  /** The placements of rows, for coordinators. */
  public LayoutKeeper placements() {
    return keeper;
  }

  /** The fence that holds requests on this node's rows, its own ones too, to the epoch. */
  public EpochFence requestFence() {
    return requests;
  }

  /** Answers requests about layouts. */
  public Reply answer(Request.Membership request) {
    return driver.answer(request);
  }

  /** The newest layout that is installed here; null before the first. */
  public @Nullable Layout layout() {
    return keeper.installed();
  }

  /** Whether that layout is in use: every quorum of the one before is out of reach. */
  public boolean isInUse() {
    return keeper.active() != null;
  }

  /** Whether a node is lost, or was so silent lately that it is asked last. */
  public boolean suspected(NodeId node) {
    return keeper.suspected(node);
  }

  /** The number of a node's newest start that is known here; 0 while none is. */
  public long lastStart(NodeId node) {
    NodeState state = keeper.peers().of(node);
    return node.equals(own.id())
        ? localNode.start()
        : state == null ? 0 : NodeState.start(state.incarnation());
  }

  /**
   * Whether the cluster knows a later life of this node than this one: its disk is older than the
   * cluster's knowledge, or another node runs under its id. It answers no request then.
   */
  public boolean isStranger() {
    return localNode.isStranger();
  }

  /** Whether another process has started from a copy of this node's disk; this one must stop. */
  public boolean isCopied() {
    return localNode.isCopied();
  }

  /**
   * Whether this node is a later life of its name and still copies what the one before held: the
   * layout moves seats to it.
   */
  public boolean isRefilling() {
    Layout layout = keeper.installed();
    if (layout == null) {
      return false;
    }
    Node mine = layout.node(own.id());
    return mine != null
        && layout.joint()
        && mine.life().number() > 1
        && !layout.from().holders().contains(own.id())
        && layout.to().holders().contains(own.id());
  }

  /** The members that may still go by an older layout than this node; empty once there is none. */
  public List<NodeId> silent() {
    return acknowledgements.silent();
  }

  /** Why this node is a member no more, as a member has told it; empty when none has. */
  public String dismissal() {
    return localNode.dismissal(keeper.installed());
  }

  /** Whether this node was given up for good, or another life of its name has its place. */
  public boolean isLost() {
    return localNode.isLost(keeper.installed());
  }

  /** The address of the node that has this one's place now; empty when none has. */
  public String follower() {
    Layout layout = keeper.installed();
    if (layout == null) {
      return "";
    }
    Node named = layout.members().named(own.name());
    return named == null || layout.node(own.id()) != null || !layout.members().leaves(own.id())
        ? ""
        : named.address();
  }

  /** The first message of this node to a node that it has never met. */
  public Request.Ping hello() {
    Reply.Pong pong = keeper.pong();
    return new Request.Ping(pong.own().epoch(), pong.states());
  }

  /** This node's progress in copying for the newest joint epoch. */
  public MoveProgress progress() {
    return mover.progress();
  }
}
