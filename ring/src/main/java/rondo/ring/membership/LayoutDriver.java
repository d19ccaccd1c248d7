package rondo.ring.membership;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.Gossip;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Introduction;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.layout.Members;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.streaming.PartitionMover;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Drives changes of the layout. It proposes nodes that ask to join at any time, and decides on the
 * next move when no other is under way. When all new owners of a joint epoch have their copies, the
 * live voter with the lowest id proposes the epoch that ends it. A node without a vote only
 * listens. All pending work stands in the layout, so that any voter continues where another has
 * stopped.
 */
final class LayoutDriver {
  private static final long TICK_NANOS = 500_000_000L;
  private static final long ASK_NANOS = 3_000_000_000L;

  private final Node own;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final LayoutSuccession succession;
  private final Network network;
  private final Time time;
  private final Randomness chance;
  private final Mailbox<Answer> news;
  private final Admission admission;
  private final Founding founding;
  private volatile @Nullable NodeId seed;
  private volatile String refusal = "";
  private volatile boolean stopped;
  private long settledEpoch;
  private long settledAt;

  LayoutDriver(
      Node own, LayoutKeeper keeper, Gossip gossip, LayoutSuccession succession, NodePorts ports) {
    this.own = own;
    this.keeper = keeper;
    this.gossip = gossip;
    this.succession = succession;
    this.network = ports.network();
    this.time = ports.time();
    this.chance = ports.chance();
    this.news = ports.tasks().mailbox();
    this.admission = new Admission(keeper::suspected, time);
    this.founding = new Founding(own, time);
  }

  /** Sends join requests to {@code node}, as long as no layout is known. */
  void joinThrough(NodeId node) {
    seed = node;
    wake();
  }

  void wake() {
    news.put(new Answer(own.id(), keeper.pong()));
  }

  void stop() {
    stopped = true;
    wake();
  }

  /** The body of the driver's virtual thread; ends after {@link #stop}. */
  void run() {
    long next = time.nanos();
    while (!stopped) {
      Answer answer = news.take(next);
      if (answer != null) {
        take(answer.reply());
      }
      if (time.nanos() >= next) {
        askToJoin();
        next = time.nanos() + TICK_NANOS;
      }
      advance();
    }
  }

  private void take(Reply reply) {
    switch (reply) {
      case Reply.LayoutIs(Bytes layout) -> {
        refusal = "";
        keeper.install(LayoutCodec.decode(layout));
      }
      case Reply.Refused(var _, String why) -> refusal = why;
      default -> {}
    }
  }

  /** Keeps nodes of some names out from now on. */
  void refuse(UnaryOperator<String> refusals) {
    admission.refuse(refusals);
  }

  Founding founding() {
    return founding;
  }

  /** What this node tells of itself. */
  Bytes introduction() {
    return LayoutCodec.encode(
        new Introduction(own, keeper.localNode().release(), keeper.localNode().token()));
  }

  /** Why this node isn't taken in, as the last node that it asked said; empty when none did. */
  String refusal() {
    return refusal;
  }

  /** Answers requests about layouts. */
  Reply answer(Request.Membership request) {
    try {
      return switch (request) {
        case Request.Ping ping -> {
          keeper.heard(ping.states());
          yield keeper.pongTo(ping.states().getFirst().node());
        }
        case Request.Probe probe -> gossip.probe(probe.node());
        case Request.FetchLayout _ -> newest();
        case Request.Install install -> {
          keeper.install(LayoutCodec.decode(install.layout()));
          yield installed();
        }
        case Request.Found found -> {
          founding.offer(LayoutCodec.decodeIntroduction(found.node()).node(), found.expect());
          yield keeper.pong();
        }
        case Request.Join join -> welcome(LayoutCodec.decodeIntroduction(join.node()));
      };
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Reply.Refused(Reply.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /** A pong, unless this node is no member any more: then it tells its layout to nobody. */
  private Reply installed() {
    String why = keeper.localNode().dismissal(keeper.installed());
    return why.isEmpty() ? keeper.pong() : new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
  }

  private Reply newest() {
    Layout layout = keeper.installed();
    return layout == null
        ? new Reply.Refused(
            Reply.Reason.UNAVAILABLE,
            "the node that was asked is no member of a cluster itself yet")
        : new Reply.LayoutIs(LayoutCodec.encode(layout));
  }

  /** A program that doesn't know what the members do already would not understand them. */
  private Reply welcome(Introduction told) {
    Layout layout = keeper.installed();
    int needed = layout == null ? 0 : layout.members().release();
    if (told.release() < needed) {
      return new Reply.Refused(
          Reply.Reason.UNAVAILABLE,
          "the program of node %s is too old for this cluster: it is of release %d, and %d is needed"
              .formatted(told.node().label(), told.release(), needed));
    }
    admission.ask(told.node(), told.token());
    wake();
    String obstacle = admission.obstacle(layout, told.node(), told.token());
    return obstacle.isEmpty() ? newest() : new Reply.Refused(Reply.Reason.UNAVAILABLE, obstacle);
  }

  /**
   * Asks to join, as long as the layout doesn't describe this node as the node describes itself.
   */
  private void askToJoin() {
    Layout layout = keeper.installed();
    if (layout != null && Admission.isKnown(layout, own)) {
      refusal = "";
      return;
    }
    if (layout != null && layout.voters().nodes().contains(own.id())) {
      admission.ask(own, "");
    }
    var join = new Request.Join(layout == null ? 0 : layout.epoch(), introduction());
    NodeId through = joinTarget(layout);
    if (through != null) {
      network.send(through, join, time.nanos() + ASK_NANOS, news);
    }
  }

  private @Nullable NodeId joinTarget(@Nullable Layout layout) {
    List<NodeId> others =
        layout == null
            ? List.of()
            : layout.voters().nodes().stream().filter(id -> !id.equals(own.id())).toList();
    return others.isEmpty() ? seed : others.get(chance.nextInt(others.size()));
  }

  private void advance() {
    Layout layout = keeper.active();
    if (layout == null || !layout.voters().nodes().contains(own.id())) {
      return;
    }
    Layout next = next(layout);
    if (next != null) {
      succession.propose(layout, next);
    }
  }

  private @Nullable Layout next(Layout layout) {
    Members joined = admission.admit(layout);
    if (!joined.equals(layout.members())) {
      return layout.next(joined);
    }
    Members agreeing = joined.agreeing(commonRelease(layout));
    if (!agreeing.equals(joined)) {
      return layout.next(agreeing);
    }
    if (layout.joint()) {
      return isFirst(layout) && layout.copiers().stream().allMatch(id -> copied(id, layout))
          ? layout.settled()
          : null;
    }
    return layout.next(isLongSettled(layout) ? layout.tidied() : joined);
  }

  private boolean isLongSettled(Layout layout) {
    if (settledEpoch != layout.epoch()) {
      settledEpoch = layout.epoch();
      settledAt = time.nanos();
    }
    return time.nanos() - settledAt > PartitionMover.CLEANUP_DELAY_NANOS;
  }

  /**
   * The newest release that all members are heard to run now. Nodes that are gone for good don't
   * count.
   */
  private int commonRelease(Layout layout) {
    return layout.nodes().stream()
        .map(Node::id)
        .filter(node -> !layout.members().isLost(node))
        .mapToInt(this::release)
        .min()
        .orElse(0);
  }

  private int release(NodeId node) {
    return node.equals(own.id()) ? keeper.localNode().release() : keeper.peers().release(node);
  }

  private boolean isFirst(Layout layout) {
    return layout.voters().nodes().stream()
        .filter(id -> !keeper.suspected(id))
        .findFirst()
        .map(own.id()::equals)
        .orElse(true);
  }

  private boolean copied(NodeId node, Layout layout) {
    if (node.equals(own.id())) {
      return keeper.copied() >= layout.since();
    }
    NodeState said = keeper.peers().of(node);
    return said != null && said.copied() >= layout.since();
  }
}
