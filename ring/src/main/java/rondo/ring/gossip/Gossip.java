package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Spreads the newest layout and every node's state, after SWIM (DSN 2002). Once a second a node
 * pings a few others, each in turn; pings and their answers carry a bounded number of {@link
 * NodeState}s. A node that doesn't answer is probed through others before it is suspected. A node
 * with an older layout is sent the newer one; a node with a newer layout is asked for it. While the
 * newest layout is not in use yet, pings go out faster.
 */
public final class Gossip {
  private static final long ROUND_NANOS = 1_000_000_000L;

  /**
   * The pause of a round while an installed layout waits for its fence: requests are refused
   * meanwhile.
   */
  private static final long HURRY_NANOS = 20_000_000L;

  private static final int FEW = 3;
  private static final int MANY = 32;

  /** A longer gap between rounds means that this node was stopped, or its machine. */
  private static final long ASLEEP_NANOS = 3 * ROUND_NANOS;

  private static final long PROBE_NANOS = 500_000_000L;

  private final LocalNode own;
  private final LayoutKeeper keeper;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;
  private final Mailbox<Answer> answers;
  private final List<NodeId> pingOrder = new ArrayList<>();
  private final Map<NodeId, Long> unanswered = new TreeMap<>();
  private volatile boolean stopped;

  public Gossip(LocalNode own, LayoutKeeper keeper, NodePorts ports) {
    this.own = own;
    this.keeper = keeper;
    this.network = ports.network();
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.chance = ports.chance();
    this.answers = tasks.mailbox();
  }

  /** The body of the gossip's virtual thread; ends after {@link #stop}. */
  public void run() {
    long next = time.nanos();
    long before = next;
    boolean urgent = false;
    while (!stopped) {
      Answer answer = answers.take(next);
      long now = time.nanos();
      if (now - before > ASLEEP_NANOS) {
        keeper.peers().excuse(now - before);
      }
      before = now;
      if (answer != null && !answer.from().equals(own.self())) {
        take(answer);
      } else if (answer != null) {
        urgent = true;
        next = Math.min(next, now + HURRY_NANOS);
      }
      if (now >= next) {
        boolean hurry = round(urgent);
        urgent = false;
        next = now + (hurry ? HURRY_NANOS : ROUND_NANOS);
      }
    }
  }

  public void stop() {
    stopped = true;
    own.end();
    hurry();
  }

  /** Starts a round soon that pings many nodes. */
  public void hurry() {
    answers.put(new Answer(own.self(), keeper.pong()));
  }

  /** Asks a node for its newest layout. */
  void fetchFrom(NodeId node, long epoch) {
    network.send(node, new Request.FetchLayout(epoch), deadline(), answers);
  }

  /** Sends the newest layout to all nodes that aren't known to have it. */
  public void push() {
    Layout layout = keeper.installed();
    if (layout != null) {
      keeper.others().forEach(node -> bringUp(node, layout));
    }
  }

  /** Pings a node on behalf of another node that can't reach it. */
  public Reply probe(NodeId node) {
    Mailbox<Answer> answer = tasks.mailbox();
    Reply.Pong mine = keeper.pong();
    long deadline = time.nanos() + PROBE_NANOS;
    if (keeper.others().contains(node)) {
      var ping = new Request.Ping(mine.own().epoch(), mine.states());
      network.send(node, ping, deadline, answer);
    }
    Answer got = answer.take(deadline);
    return got != null && got.reply() instanceof Reply.Pong pong
        ? pong
        : new Reply.Refused(Reply.Reason.UNAVAILABLE, "no answer from " + node);
  }

  /** Whether the next round should follow soon. */
  private boolean round(boolean urgent) {
    own.round();
    keeper.peers().record();
    keeper.refresh();
    boolean hurry = keeper.isReady() && keeper.active() == null;
    List<NodeId> others = keeper.others();
    askThroughOthers(others);
    for (NodeId node : next(others, hurry || urgent ? MANY : FEW)) {
      unanswered.putIfAbsent(node, time.nanos());
      ping(node);
    }
    return hurry;
  }

  private void ping(NodeId node) {
    Reply.Pong mine = keeper.pongTo(node);
    own.vouchers().asks(node, time.nanos());
    network.send(node, new Request.Ping(mine.own().epoch(), mine.states()), deadline(), answers);
  }

  /** The next few nodes of a random order in which every member has its turn. */
  private List<NodeId> next(List<NodeId> others, int count) {
    pingOrder.retainAll(others);
    var few = new ArrayList<NodeId>();
    while (few.size() < Math.min(count, others.size())) {
      if (pingOrder.isEmpty()) {
        others.stream().filter(node -> !few.contains(node)).forEach(pingOrder::add);
      }
      few.add(pingOrder.remove(chance.nextInt(pingOrder.size())));
    }
    return few;
  }

  /** Probes silent nodes through others: such a node may only be out of reach from here. */
  private void askThroughOthers(List<NodeId> others) {
    unanswered.keySet().retainAll(others);
    long now = time.nanos();
    for (NodeId node : List.copyOf(unanswered.keySet())) {
      if (now - unanswered.getOrDefault(node, now) < PROBE_NANOS) {
        continue;
      }
      unanswered.remove(node);
      List<NodeId> helpers = others.stream().filter(other -> !other.equals(node)).toList();
      long epoch = keeper.pong().own().epoch();
      for (int i = 0; i < Math.min(FEW, helpers.size()); i++) {
        NodeId helper = helpers.get(chance.nextInt(helpers.size()));
        network.send(helper, new Request.Probe(epoch, node), deadline(), answers);
      }
    }
  }

  private void take(Answer answer) {
    switch (answer.reply()) {
      case Reply.Pong pong -> {
        keeper.heard(pong.states());
        unanswered.remove(pong.own().node());
        unanswered.remove(answer.from());
        Layout mine = keeper.installed();
        own.vouchers().answered(pong.own(), mine);
        if (mine == null || pong.own().epoch() > mine.epoch()) {
          fetchFrom(answer.from(), pong.own().epoch());
        } else if (pong.own().epoch() < mine.epoch()) {
          bringUp(pong.own().node(), mine);
        }
      }
      case Reply.LayoutIs(var layout) -> keeper.install(LayoutCodec.decode(layout));
      default -> {}
    }
  }

  private void bringUp(NodeId node, Layout layout) {
    NodeState said = keeper.peers().of(node);
    if (said == null || said.epoch() < layout.epoch()) {
      var install = new Request.Install(layout.epoch(), LayoutCodec.encode(layout));
      network.send(node, install, deadline(), answers);
    }
  }

  private long deadline() {
    return time.nanos() + 2 * ROUND_NANOS;
  }
}
