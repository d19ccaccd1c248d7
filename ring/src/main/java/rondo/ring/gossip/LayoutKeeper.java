package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.node.RescueRegister;
import rondo.ring.placement.Node;
import rondo.ring.placement.NotServingException;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Ring;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * The layouts of one node. The newest is <em>installed</em>: durable, and requests of older epochs
 * are refused. It becomes <em>active</em>, so that this node's own requests use it, once the epoch
 * before can reach no quorum any more ({@link Layout#fences}), or once another node reports that it
 * is. Until then this node uses the epoch before. Thread-safe.
 */
public final class LayoutKeeper implements Placements {
  public static final int TABLE = RescueRegister.TABLE;

  private final LocalNode own;
  private final NodeId self;
  private final LayoutStore store;
  private final PeerStates peers;
  private final EpochGate gate;
  private final ChunkFence chunkFence;
  private final TouchedPartitions touched = new TouchedPartitions();
  private volatile @Nullable KnownLayout known;
  private final AtomicInteger told = new AtomicInteger();
  private volatile long copied;
  private volatile Runnable wake = () -> {};

  /** The keeper of a node that starts, with the layout that it had when it stopped. */
  public LayoutKeeper(LocalNode own, LayoutStore store, PeerRecord record, Tasks tasks, Time time) {
    this.own = own;
    this.self = own.self();
    this.store = store;
    this.peers = new PeerStates(time, record);
    this.gate = new EpochGate(tasks);
    this.chunkFence = new ChunkFence(this, time);
    Bytes saved = store.load();
    if (saved != null) {
      Layout layout = LayoutCodec.decode(saved.slice(1, saved.length()));
      publish(layout, saved.at(0) != 0);
    }
    refresh();
  }

  public LocalNode localNode() {
    return own;
  }

  public void onNews(Runnable woken) {
    wake = woken;
  }

  TouchedPartitions touched() {
    return touched;
  }

  EpochGate gate() {
    return gate;
  }

  public ChunkFence chunkFence() {
    return chunkFence;
  }

  public PeerStates peers() {
    return peers;
  }

  /** Whether this node knows a layout at all: a joining node doesn't at first. */
  public boolean isReady() {
    return known != null;
  }

  /** The newest layout; null before the first. */
  public @Nullable Layout installed() {
    KnownLayout now = known;
    return now == null ? null : now.installed();
  }

  /**
   * The ring of the cluster, which no layout changes.
   *
   * @throws IllegalStateException before the first layout
   */
  public Ring ring() {
    Layout layout = installed();
    if (layout == null) {
      throw new IllegalStateException("rows without a layout");
    }
    return layout.ring();
  }

  /** The newest layout if it is active, else null. */
  public @Nullable Layout active() {
    KnownLayout now = known;
    return now == null || !now.active() ? null : now.installed();
  }

  @Override
  public boolean suspected(NodeId node) {
    return !node.equals(self) && (isLost(node) || peers.suspected(node));
  }

  boolean isLost(NodeId node) {
    KnownLayout now = known;
    return now != null && now.lost().contains(node);
  }

  /**
   * The replicas of a partition key, the likeliest to answer first: this node, then those of its
   * zone, then others, then suspected ones.
   *
   * @throws NotServingException before the first layout, and when this node's disk is older than
   *     what the cluster knows of it
   */
  @Override
  public Placement of(Bytes partition) {
    KnownLayout now = KnownLayout.of(known);
    if (own.isStranger() || own.isLost(now.installed())) {
      throw new NotServingException(
          own.isStranger()
              ? "This node's disk is older than what the cluster knows of it."
              : "This node is no member of the cluster any more.");
    }
    return now.placement(self, partition, this::suspected);
  }

  @Override
  public List<NodeId> elsewhere(Bytes partition) {
    return KnownLayout.of(known).elsewhere(partition);
  }

  @Override
  public List<NodeId> beyond(Bytes partition) {
    return KnownLayout.of(known).beyond(partition);
  }

  @Override
  public boolean isNear(NodeId node) {
    KnownLayout now = known;
    return now != null && now.areNear(self, node);
  }

  @Override
  public void stale(long epoch) {
    KnownLayout now = known;
    if (now == null || epoch > now.used().epoch()) {
      wake.run();
    }
  }

  /** What {@code node} is told: with what is known of it, as it may have forgotten. */
  public Reply.Pong pongTo(NodeId node) {
    return Vouchers.answer(pong(), peers.lastKnown(node));
  }

  /** This node's state, and the states of as many other nodes as a message carries. */
  public Reply.Pong pong() {
    KnownLayout now = known;
    var states = new ArrayList<NodeState>();
    states.add(
        now == null
            ? own.state(null, 0, 0, 0)
            : own.state(now.installed(), gate.settled(), now.used().epoch(), copied));
    states.addAll(peers.states(some(others(), NodeState.MOST - 1)));
    return new Reply.Pong(states);
  }

  /** At most {@code most} of the nodes, different ones each time. */
  private List<NodeId> some(List<NodeId> nodes, int most) {
    int count = Math.min(most, nodes.size());
    int start = count < most ? 0 : Math.floorMod(told.getAndAdd(most), nodes.size());
    return Stream.concat(nodes.stream().skip(start), nodes.stream()).limit(count).toList();
  }

  /** Notes that this node holds all that the joint layout of this epoch gives it. */
  public void copied(long epoch) {
    copied = Math.max(copied, epoch);
    wake.run();
  }

  public long copied() {
    return copied;
  }

  /**
   * Makes a newer layout the installed one, durably. An older or equal one changes nothing, nor
   * does one of another life of the cluster, which has left this node behind.
   *
   * @throws IllegalStateException when the layout is of another cluster
   */
  public void install(Layout layout) {
    synchronized (this) {
      KnownLayout now = known;
      if (now != null && !now.installed().cluster().equals(layout.cluster())) {
        throw new IllegalStateException(
            "a layout of cluster %s at a node of cluster %s"
                .formatted(layout.cluster(), now.installed().cluster()));
      }
      if (now != null
          && (now.installed().epoch() >= layout.epoch()
              || own.isLeftBehind(now.installed(), layout))) {
        return;
      }
      save(layout, false);
      publish(layout, false);
    }
    peers.keep(layout.nodes().stream().map(Node::id).toList());
    refresh();
    wake.run();
  }

  /** Notes a message's states, the sender's first; they may make the newest layout active. */
  public void heard(List<NodeState> states) {
    Layout layout = installed();
    boolean refuted = false;
    for (NodeState state : states) {
      if (state.node().equals(self)) {
        refuted |= own.heard(state, layout == null ? 0 : layout.epoch());
      } else if (state.equals(states.getFirst())
          || (layout != null && layout.node(state.node()) != null)) {
        peers.heard(state);
      }
    }
    own.vouchers().heard(states.getFirst(), layout);
    refresh();
    if (refuted) {
      wake.run();
    }
  }

  /** Makes the installed layout active if it may be. */
  void refresh() {
    KnownLayout now = known;
    if (now == null || now.active() || !mayBeUsed(now.installed())) {
      return;
    }
    synchronized (this) {
      KnownLayout latest = known;
      if (latest == null
          || latest.active()
          || latest.installed().epoch() != now.installed().epoch()) {
        return;
      }
      save(now.installed(), true);
      publish(now.installed(), true);
    }
    wake.run();
  }

  private boolean mayBeUsed(Layout layout) {
    boolean active =
        layout.nodes().stream()
            .map(node -> peers.of(node.id()))
            .anyMatch(said -> said != null && said.active() >= layout.epoch());
    return active || layout.fences(node -> hasInstalled(node, layout.epoch()));
  }

  private boolean hasInstalled(NodeId node, long epoch) {
    if (node.equals(self)) {
      return gate.settled() >= epoch;
    }
    NodeState said = peers.of(node);
    return said != null && said.epoch() >= epoch;
  }

  private void save(Layout layout, boolean active) {
    store.save(
        Bytes.concat(Bytes.wrap(new byte[] {(byte) (active ? 1 : 0)}), LayoutCodec.encode(layout)));
  }

  private void publish(Layout layout, boolean active) {
    touched.note(layout);
    known = new KnownLayout(layout, active);
    gate.raise(layout.epoch());
  }

  /** All nodes but this one. */
  List<NodeId> others() {
    Layout layout = installed();
    return layout == null
        ? List.of()
        : layout.nodes().stream().map(Node::id).filter(id -> !id.equals(self)).toList();
  }
}
