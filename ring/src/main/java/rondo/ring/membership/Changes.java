package rondo.ring.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.LayoutCodec;
import rondo.ring.placement.Node;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * Changes the layout. Epoch e+1 is the successor of epoch e in a register of its own, chosen by a
 * majority of the voters of e; so whoever proposes, and however many do, there is one. Nodes that
 * ask to join wait here until no change is under way. When all new owners of a joint epoch have
 * their copies, the live voter with the lowest id proposes the epoch that ends it.
 */
final class Changes {
  /** The table of layouts: its register is local to the voters, and never moves. */
  static final int TABLE = 9;

  private static final Key KEY = new Key(TABLE, Bytes.utf8("layout"), Bytes.EMPTY);
  private static final long TICK_NANOS = 500_000_000L;
  private static final long TRY_NANOS = 3_000_000_000L;

  /** A node that wants to join asks every second; one that no longer asks may be gone. */
  private static final long JOIN_FRESH_NANOS = 5_000_000_000L;

  private final Node own;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final Choice choice;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;
  private final Mailbox<Answer> news;
  private final Map<NodeId, Asking> asking = new TreeMap<>();
  private volatile @Nullable NodeId seed;
  private volatile boolean stopped;

  private record Asking(Node node, long untilNanos) {}

  Changes(
      Node own,
      LayoutKeeper keeper,
      Gossip gossip,
      Choice choice,
      Network network,
      Tasks tasks,
      Time time,
      Randomness chance) {
    this.own = own;
    this.keeper = keeper;
    this.gossip = gossip;
    this.choice = choice;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
    this.chance = chance;
    this.news = tasks.mailbox();
  }

  /** Joins through this node, as long as no layout is known. */
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

  /** The body of the changes' virtual thread; ends after {@link #stop}. */
  void run() {
    long next = time.nanos();
    while (!stopped) {
      Answer answer = news.take(next);
      if (answer != null && answer.reply() instanceof Reply.LayoutIs(Bytes layout)) {
        keeper.install(LayoutCodec.decode(layout));
      }
      if (time.nanos() >= next) {
        introduce();
        next = time.nanos() + TICK_NANOS;
      }
      advance();
    }
  }

  /** Answers what other nodes say about layouts. */
  Reply answer(NodeId from, Request.Membership request) {
    try {
      return switch (request) {
        case Request.Ping ping -> {
          keeper.heard(from, new Reply.Pong(ping.epoch(), ping.active(), ping.copied()));
          yield keeper.pong();
        }
        case Request.FetchLayout _ -> newest();
        case Request.Install install -> {
          keeper.install(LayoutCodec.decode(install.layout()));
          yield keeper.pong();
        }
        case Request.Join join -> {
          ask(LayoutCodec.decodeNode(join.node()));
          yield newest();
        }
      };
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Reply.Refused(Reply.Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private Reply newest() {
    Layout layout = keeper.installed();
    return layout == null
        ? new Reply.Refused(Reply.Reason.UNAVAILABLE, "no layout here yet")
        : new Reply.LayoutIs(LayoutCodec.encode(layout));
  }

  private void ask(Node node) {
    synchronized (asking) {
      asking.put(node.id(), new Asking(node, time.nanos() + JOIN_FRESH_NANOS));
    }
    wake();
  }

  /** As long as the layout doesn't say of this node what it says of itself: ask for it. */
  private void introduce() {
    Layout layout = keeper.installed();
    if (layout != null && own.equals(layout.node(own.id()))) {
      return;
    }
    if (layout != null && layout.voters().nodes().contains(own.id())) {
      ask(own);
    }
    var join = new Request.Join(layout == null ? 0 : layout.epoch(), LayoutCodec.encode(own));
    NodeId through = someone(layout);
    if (through != null) {
      network.send(through, join, time.nanos() + TRY_NANOS, news);
    }
  }

  private @Nullable NodeId someone(@Nullable Layout layout) {
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
    if (!layout.joint()) {
      List<Node> joined = joined(layout);
      if (!joined.equals(layout.nodes())) {
        propose(layout, layout.change(joined, layout.wish()));
      }
    } else if (isFirst(layout) && layout.copiers().stream().allMatch(id -> copied(id, layout))) {
      propose(layout, layout.settled());
    }
  }

  /** The members with everybody who still asks to be one, or has something new to say of itself. */
  private List<Node> joined(Layout layout) {
    var nodes = new ArrayList<>(layout.nodes());
    synchronized (asking) {
      asking
          .values()
          .removeIf(
              it -> it.untilNanos < time.nanos() || it.node.equals(layout.node(it.node.id())));
      for (Asking it : asking.values()) {
        nodes.removeIf(node -> node.id().equals(it.node.id()));
        nodes.add(it.node);
      }
    }
    nodes.sort(java.util.Comparator.comparing(Node::id));
    return nodes;
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
      return keeper.copied() >= layout.epoch();
    }
    Reply.Pong said = keeper.peers().of(node);
    return said != null && said.copied() >= layout.epoch();
  }

  /**
   * One try at making {@code next}, or what others have chosen, the successor of {@code layout}.
   */
  private void propose(Layout layout, Layout next) {
    // An epoch that could not be fenced would stop the rows that move: better none than that.
    if (!next.fences(id -> !keeper.suspected(id))) {
      return;
    }
    var base = new Stamp(0, 0, Math.toIntExact(layout.epoch()));
    long deadline = time.nanos() + TRY_NANOS;
    var end =
        choice.choose(
            layout.epoch(),
            List.of(layout.voters()),
            KEY,
            base,
            LayoutCodec.encode(next),
            deadline);
    switch (end) {
      case Choice.End.Chosen(Bytes value) when value != null -> {
        keeper.install(LayoutCodec.decode(value));
        gossip.push();
      }
      case Choice.End.Past() -> learn(layout);
      default -> tasks.mailbox().take(time.nanos() + 10_000_000L + chance.nextInt(400_000_000));
    }
  }

  /** The next layout is chosen, but who chose it may have died before it told anybody else. */
  private void learn(Layout layout) {
    gossip.hurry();
    var query = new Request.Query(layout.epoch(), KEY, true);
    long deadline = time.nanos() + TRY_NANOS;
    var asked =
        choice.ask(
            List.of(layout.voters()),
            query,
            reply ->
                reply instanceof Reply.State(Versioned state, boolean _)
                    && state.stamp().rmw() > layout.epoch(),
            deadline);
    for (Reply reply : asked.replies()) {
      if (reply instanceof Reply.State(Versioned state, boolean _)
          && state.stamp().rmw() > layout.epoch()
          && state.value() != null) {
        keeper.install(LayoutCodec.decode(state.value()));
      }
    }
  }
}
