package rondo.ring.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.ClusterLife;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.RescuePlan;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.Round;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/**
 * Begins another life of the cluster when nodes that a quorum needs are gone for good. All others
 * must answer, none of the dead may, and all others must vote for the layout that follows.
 * Thread-safe.
 */
public final class Rescue {
  private static final long ASK_NANOS = 2_000_000_000L;
  private static final long PAUSE_NANOS = 200_000_000L;

  /** What a clock may run ahead of the wall clock after a restart. */
  private static final long STRIDE_MICROS = 3_000_000;

  private final NodeId self;
  private final LayoutKeeper keeper;
  private final LayoutSuccession succession;
  private final HybridClock clock;
  private final Messenger messenger;
  private final Tasks tasks;
  private final Time time;
  private final Randomness chance;

  /**
   * What was found of an order to rescue.
   *
   * @param plan of the newest layout that is installed here
   * @param obstacles why it can't be carried out now, in sentences; empty when it can
   */
  public record Findings(RescuePlan plan, List<String> obstacles) {}

  Rescue(
      NodeId self,
      LayoutKeeper keeper,
      LayoutSuccession succession,
      HybridClock clock,
      NodePorts ports) {
    this.self = self;
    this.keeper = keeper;
    this.succession = succession;
    this.clock = clock;
    this.messenger = Messenger.of(ports);
    this.tasks = ports.tasks();
    this.time = ports.time();
    this.chance = ports.chance();
  }

  /** The time that every stamp of this life of the cluster is beyond; 0 where there is none. */
  static long floorMicros(LayoutKeeper keeper) {
    Layout layout = keeper.installed();
    return layout == null ? 0 : layout.life().floorMicros();
  }

  /**
   * Asks all members, and says what stands against a rescue. Takes some seconds, since the dead
   * don't answer.
   *
   * @throws IllegalArgumentException with a message in one line, when the order makes no sense
   */
  public Findings look(Set<NodeId> dead) {
    Layout layout = keeper.installed();
    if (layout == null) {
      throw new IllegalArgumentException("this node is no member of a cluster");
    }
    NodeNames names = NodeNames.of(layout);
    for (NodeId node : dead) {
      if (layout.node(node) == null) {
        throw new IllegalArgumentException("there is no node " + node + " in this cluster");
      }
    }
    if (dead.contains(self)) {
      throw new IllegalArgumentException(
          "'%s' is the node that is asked, so it isn't dead".formatted(names.label(self)));
    }
    if (dead.isEmpty()) {
      throw new IllegalArgumentException("no dead node is named");
    }
    var plan = new RescuePlan(layout, dead);
    var obstacles = new ArrayList<String>();
    if (!layout.members().knows(Feature.RESCUE)) {
      obstacles.add("some nodes ran an older program, which knows no rescue");
    }
    String needless = plan.needless();
    if (!needless.isEmpty()) {
      obstacles.add(needless);
    }
    obstacles.addAll(alive(layout, names, new TreeSet<>(dead), plan.survivors()));
    obstacles.addAll(silent(layout, names, plan.survivors()));
    return new Findings(plan, List.copyOf(obstacles));
  }

  /** Those of the dead that answer this node, or another one that is left. */
  private List<String> alive(
      Layout layout, NodeNames names, Set<NodeId> dead, List<NodeId> survivors) {
    var alive = new TreeSet<NodeId>(answers(layout, List.copyOf(dead), ping(layout)).keySet());
    List<NodeId> others = survivors.stream().filter(node -> !node.equals(self)).toList();
    for (NodeId node : dead) {
      var probe = new Request.Probe(layout.epoch(), node);
      if (!others.isEmpty() && !alive.contains(node) && !answers(layout, others, probe).isEmpty()) {
        alive.add(node);
      }
    }
    return alive.stream()
        .map(node ->
            "the node '%s' answers, so it isn't dead: leave it out, or stop it if it mustn't come back"
                .formatted(names.label(node)))
        .toList();
  }

  private Request.Ping ping(Layout layout) {
    return new Request.Ping(layout.epoch(), keeper.pong().states());
  }

  /** The nodes that answer with a Pong. */
  private Map<NodeId, Reply> answers(Layout layout, List<NodeId> nodes, Request request) {
    return answers(layout, nodes, request, Reply.Pong.class::isInstance);
  }

  private Map<NodeId, Reply> answers(
      Layout layout, List<NodeId> nodes, Request request, Predicate<Reply> good) {
    var all = List.of(new ReplicaSet(nodes, nodes.size()));
    Round round = messenger.round(layout.epoch(), all, time.nanos() + ASK_NANOS);
    round.gather(request, good, Round.Persistence.ALL);
    var answers = new TreeMap<NodeId, Reply>(round.replies());
    answers.values().removeIf(good.negate());
    return answers;
  }

  /** Asks the nodes that are left; those that give no answer of that kind are left out. */
  public Map<NodeId, Reply> ask(RescuePlan plan, Request.Node request, Predicate<Reply> good) {
    return answers(plan.layout(), plan.survivors(), request, good);
  }

  /** Those that are left and don't answer, or know another layout. */
  private List<String> silent(Layout layout, NodeNames names, List<NodeId> survivors) {
    Map<NodeId, Reply> answers = answers(layout, survivors, ping(layout));
    var silent = new ArrayList<String>();
    for (NodeId node : survivors) {
      @Nullable Reply answer = answers.get(node);
      if (answer == null) {
        silent.add(
            "the member '%s' gives no answer and isn't named: start it, or name it too if it is gone for good"
                .formatted(names.label(node)));
      } else if (answer instanceof Reply.Pong pong && pong.own().epoch() != layout.epoch()) {
        silent.add(
            "the member '%s' has the layout of another epoch, %d and not %d: try again in a moment"
                .formatted(names.label(node), pong.own().epoch(), layout.epoch()));
      }
    }
    return silent;
  }

  /**
   * Begins a life without the dead, unless that has been done. The caller has made sure that the
   * dead are isolated for good.
   *
   * @param clockErrorMicros how far from each other's middle clocks may be
   * @return why it wasn't done, in sentences; empty once this node goes by a layout in which all of
   *     them are given up. After some reasons it may be done later.
   * @throws IllegalArgumentException as {@link #look}
   */
  public List<String> begin(Set<NodeId> dead, long clockErrorMicros, long deadlineNanos) {
    while (time.nanos() < deadlineNanos) {
      if (isDone(dead)) {
        return List.of();
      }
      Findings findings = look(dead);
      if (!findings.obstacles().isEmpty()) {
        return isDone(dead) ? List.of() : findings.obstacles();
      }
      RescuePlan plan = findings.plan();
      Layout layout = plan.layout();
      long floor = Math.addExact(clock.tick(0), Math.addExact(2 * clockErrorMicros, STRIDE_MICROS));
      ClusterLife life =
          layout.life().after(chance.nextInt(ClusterLife.CHANCES), floor, time.wallMicros());
      succession.rescue(layout, plan.next(life), plan.survivors());
      tasks.mailbox().take(time.nanos() + PAUSE_NANOS);
    }
    return isDone(dead)
        ? List.of()
        : List.of("the members that are left didn't all agree in time: try again");
  }

  private boolean isDone(Set<NodeId> dead) {
    Layout layout = keeper.active();
    return layout != null
        && layout.life().number() > 1
        && dead.stream().allMatch(layout.members()::isLost);
  }
}
