package rondo.ring.standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.ring.version.ClockJudge;

/**
 * Asks the other members every second for their clocks and their room, a few in turn where there
 * are many, and has this node's clock judged. The offset of a clock is taken between the request
 * and the reply (Cristian, "Probabilistic clock synchronization", 1989), so its error is at most
 * half of what they took. {@link #isFull} is thread-safe.
 */
public final class PeerStandings {
  private static final long ROUND_NANOS = 1_000_000_000L;

  /** The pause while the clock isn't judged yet: writes are refused meanwhile. */
  private static final long HURRY_NANOS = 50_000_000L;

  /** How many peers a round asks; more clocks make a median no better. */
  private static final int MOST_ASKED = 12;

  /** What a peer said about its room counts for so long. */
  private static final long FULL_NANOS = 60_000_000_000L;

  /** A peer's clock counts for so long after it was heard: it hasn't drifted far by then. */
  private static final long CLOCK_NANOS = 300_000_000_000L;

  /** The first release that answers. */
  private static final int RELEASE = 1;

  /**
   * What a peer said.
   *
   * @param clockMicros how far its wall clock is ahead of this node's monotonic one, which never
   *     jumps
   */
  private record Heard(long clockMicros, boolean full, long atNanos) {}

  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final ToIntFunction<NodeId> releases;
  private final ClockJudge judge;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> stop;
  private final Map<NodeId, Heard> heard = new TreeMap<>();
  private int turn;
  private volatile boolean stopped;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param releases the release of a member's program; 0 while it isn't known
   * @param judge is told what was measured
   */
  public PeerStandings(
      NodeId self,
      Supplier<@Nullable Layout> layouts,
      ToIntFunction<NodeId> releases,
      ClockJudge judge,
      NodePorts ports) {
    this.self = self;
    this.layouts = layouts;
    this.releases = releases;
    this.judge = judge;
    this.network = ports.network();
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.stop = tasks.mailbox();
  }

  /** Asks again and again, until {@link #stop}. */
  public void run() {
    while (!stopped) {
      Layout layout = layouts.get();
      if (layout != null) {
        round(layout);
      }
      stop.take(time.nanos() + (judge.isJudged() ? ROUND_NANOS : HURRY_NANOS));
    }
  }

  public void stop() {
    stopped = true;
    stop.put(true);
  }

  /** Whether a node said lately that it stores no new data. */
  public synchronized boolean isFull(NodeId node) {
    Heard said = heard.get(node);
    return said != null && said.full() && time.nanos() - said.atNanos() < FULL_NANOS;
  }

  private void round(Layout layout) {
    List<NodeId> others =
        layout.nodes().stream().map(Node::id).filter(id -> !id.equals(self)).toList();
    forget(others);
    if (others.isEmpty()) {
      judge.alone();
      return;
    }
    ask(layout, next(others));
    List<Long> offsets = offsets();
    if (offsets.isEmpty()) {
      judge.silence();
    } else {
      judge.measured(offsets);
    }
  }

  /** The nodes whose turn it is, of those that know the question. */
  private List<NodeId> next(List<NodeId> others) {
    List<NodeId> able =
        others.stream().filter(node -> releases.applyAsInt(node) >= RELEASE).toList();
    var next = new ArrayList<NodeId>();
    for (int i = 0; i < Math.min(MOST_ASKED, able.size()); i++) {
      next.add(able.get((turn + i) % able.size()));
    }
    turn = able.isEmpty() ? 0 : (turn + next.size()) % able.size();
    return next;
  }

  private void ask(Layout layout, List<NodeId> nodes) {
    Mailbox<Answer> answers = tasks.mailbox();
    long sentNanos = time.nanos();
    long deadline = sentNanos + ROUND_NANOS;
    var request = new Request.ReportStanding(layout.epoch());
    nodes.forEach(node -> network.send(node, request, deadline, answers));
    for (int i = 0; i < nodes.size(); i++) {
      Answer answer = answers.take(deadline);
      if (answer == null) {
        return;
      }
      if (answer.reply() instanceof Reply.Standing standing) {
        long now = time.nanos();
        long middleMicros = (sentNanos + (now - sentNanos) / 2) / 1000;
        note(answer.from(), new Heard(standing.wallMicros() - middleMicros, standing.full(), now));
      }
    }
  }

  private synchronized void note(NodeId node, Heard said) {
    heard.put(node, said);
  }

  private synchronized void forget(List<NodeId> members) {
    heard.keySet().retainAll(members);
    heard.values().removeIf(said -> time.nanos() - said.atNanos() > CLOCK_NANOS);
  }

  private synchronized List<Long> offsets() {
    long own = time.wallMicros() - time.nanos() / 1000;
    return heard.values().stream().map(said -> said.clockMicros() - own).toList();
  }
}
