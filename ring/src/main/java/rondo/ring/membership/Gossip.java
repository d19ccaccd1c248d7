package rondo.ring.membership;

import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.LayoutCodec;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Spreads the newest layout: every node pings every other once a second with what it has and uses;
 * whoever turns out to have an older layout is sent the newer one, whoever has a newer one is asked
 * for it. While the newest layout is not in use yet, pings go out faster.
 */
final class Gossip {
  private static final long PING_NANOS = 1_000_000_000L;

  /** While an installed layout waits for its fence, requests are refused: that should be short. */
  private static final long HURRY_NANOS = 20_000_000L;

  private final NodeId self;
  private final LayoutKeeper keeper;
  private final Network network;
  private final Time time;
  private final Mailbox<Answer> answers;
  private volatile boolean stopped;

  Gossip(NodeId self, LayoutKeeper keeper, Network network, Tasks tasks, Time time) {
    this.self = self;
    this.keeper = keeper;
    this.network = network;
    this.time = time;
    this.answers = tasks.mailbox();
  }

  /** The body of the gossip's virtual thread; ends after {@link #stop}. */
  void run() {
    long next = time.nanos();
    while (!stopped) {
      Answer answer = answers.take(next);
      long now = time.nanos();
      if (answer != null && !answer.from().equals(self)) {
        take(answer);
      } else if (answer != null) {
        next = Math.min(next, now + HURRY_NANOS);
      }
      if (now >= next) {
        keeper.refresh();
        pingAll();
        boolean hurry = keeper.isReady() && keeper.active() == null;
        next = now + (hurry ? HURRY_NANOS : PING_NANOS);
      }
    }
  }

  void stop() {
    stopped = true;
    hurry();
  }

  /** Pings everybody soon. */
  void hurry() {
    answers.put(new Answer(self, keeper.pong()));
  }

  /** Asks a node for its newest layout. */
  void fetchFrom(NodeId node, long epoch) {
    network.send(node, new Request.FetchLayout(epoch), deadline(), answers);
  }

  /** Sends the newest layout to everybody who isn't known to have it. */
  void push() {
    Layout layout = keeper.installed();
    if (layout != null) {
      keeper.others().forEach(node -> bringUp(node, layout));
    }
  }

  private void pingAll() {
    Reply.Pong own = keeper.pong();
    var ping = new Request.Ping(own.epoch(), own.active(), own.copied());
    keeper.others().forEach(node -> network.send(node, ping, deadline(), answers));
  }

  private void take(Answer answer) {
    switch (answer.reply()) {
      case Reply.Pong pong -> {
        keeper.heard(answer.from(), pong);
        Layout mine = keeper.installed();
        if (mine == null || pong.epoch() > mine.epoch()) {
          fetchFrom(answer.from(), pong.epoch());
        } else if (pong.epoch() < mine.epoch()) {
          bringUp(answer.from(), mine);
        }
      }
      case Reply.LayoutIs(var layout) -> keeper.install(LayoutCodec.decode(layout));
      default -> {}
    }
  }

  private void bringUp(NodeId node, Layout layout) {
    Reply.Pong said = keeper.peers().of(node);
    if (said == null || said.epoch() < layout.epoch()) {
      var install = new Request.Install(layout.epoch(), LayoutCodec.encode(layout));
      network.send(node, install, deadline(), answers);
    }
  }

  private long deadline() {
    return time.nanos() + 2 * PING_NANOS;
  }
}
