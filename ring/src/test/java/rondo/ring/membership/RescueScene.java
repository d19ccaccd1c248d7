package rondo.ring.membership;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RescuePlan;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.NotServingException;
import rondo.ring.quorum.Outcome;
import rondo.ring.sim.History;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Nodes of a cluster die for good under load, one or two of those that are left are ordered to
 * rescue it, and the dead come back.
 */
final class RescueScene {
  private static final long SECOND = 1_000_000_000L;
  private static final long CLOCK_ERROR_MICROS = 10_000_000;
  private static final int KEYS = 24;

  /** When the dead come back. */
  enum Back {
    NEVER,
    BEFORE,
    DURING,
    AFTER,
    LATE,
    /**
     * All of them, at work with clients, and cut off from those that are left: a broken promise.
     */
    APART;

    static final List<Back> KEPT_APART = List.of(NEVER, BEFORE, DURING, AFTER, LATE);
  }

  private final int size;
  private final Set<NodeId> dead = new TreeSet<>();
  private final Back back;
  private final long seed;
  private SimulatedCluster cluster = new SimulatedCluster(0, Broken.NOTHING);

  /** What must not be. */
  final List<String> faults = new ArrayList<>();

  /** What the orders were answered. */
  final List<String> said = new ArrayList<>();

  /** How far it came. */
  String stage = "start";

  boolean done;
  boolean needless;
  boolean rescued;

  /** Requests that nodes which were left behind refused. */
  int refusals;

  private @Nullable History after;
  private int values;
  private int working;
  private boolean ended;

  RescueScene(int size, List<Long> dead, Back back, long seed) {
    this.size = size;
    dead.forEach(id -> this.dead.add(new NodeId(id)));
    this.back = back;
    this.seed = seed;
  }

  void run(Broken broken) {
    cluster = new SimulatedCluster(seed, broken);
    after = new History(cluster.simulation, 4 * SECOND);
    for (long id = 1; id <= size; id++) {
      SimulatedNode node = cluster.add(id);
      node.name = "n" + id;
      node.zone = "z" + id % 3;
      node.start(id == 1 ? null : new NodeId(1));
    }
    cluster.simulation.start("operator", this::operate);
    cluster.simulation.start("supervisor", this::supervise);
    cluster.simulation.run(() -> done, 900 * SECOND);
  }

  private void operate() {
    await("settled", () -> SettledCluster.isSettled(cluster, size));
    for (int i = 0; i < 3; i++) {
      working++;
      cluster.simulation.start("client", () -> write(12));
    }
    cluster.simulation.pause(2 * SECOND);
    for (NodeId node : dead) {
      cluster.simulation.pause(cluster.random.nextLong(SECOND));
      node(node).crash();
    }
    await("old clients ended", () -> working == 0);
    cluster.simulation.pause(3 * SECOND);
    needless = !new RescuePlan(layout(left().getFirst()), dead).needless().isEmpty();
    Map<Key, Stamp> held = held();
    rescue();
    if (needless) {
      ended = true;
      done = true;
      return;
    }
    rescued = true;
    check(held);
    ended = true;
    done = true;
  }

  /** Gives the order, on two nodes at once where there are two, until it is carried out. */
  private void rescue() {
    if (back == Back.BEFORE) {
      SimulatedNode first = node(dead.iterator().next());
      first.start(null);
      cluster.simulation.pause(SECOND);
      List<String> answer = order(left().getFirst());
      if (answer.toString().contains("answers, so it isn't dead") == isLayoutOld(first)) {
        first.crash();
      } else {
        faults.add("with a node that is back: " + answer);
      }
    }
    if (back == Back.DURING) {
      long at = cluster.random.nextLong(5 * SECOND);
      cluster.simulation.at(at, () -> node(dead.iterator().next()).start(null));
    }
    var answers = new ArrayList<List<String>>();
    List<SimulatedNode> left = left();
    int orders = left.size() > 1 && cluster.random.nextBoolean() ? 2 : 1;
    for (int i = 0; i < orders; i++) {
      SimulatedNode by = left.get(i);
      cluster.simulation.start("order", () -> answers.add(order(by)));
    }
    await("orders answered", () -> answers.size() == orders);
    while (!needless && order(left.getFirst()).size() > 0) {
      stage = "again: " + said.getLast();
      dead.stream().map(this::node).filter(SimulatedNode::isUp).forEach(SimulatedNode::crash);
      cluster.simulation.pause(SECOND);
    }
  }

  private boolean isLayoutOld(SimulatedNode node) {
    return node.isUp() && layout(node).life().number() == 1;
  }

  private List<String> order(SimulatedNode by) {
    long deadline = cluster.simulation.nanos() + 20 * SECOND;
    List<String> why =
        requireNonNull(by.membership).rescue().begin(dead, CLOCK_ERROR_MICROS, deadline);
    said.add(why.toString());
    return why;
  }

  private void check(Map<Key, Stamp> held) {
    List<SimulatedNode> left = left();
    if (back == Back.APART) {
      dead.forEach(node -> left.forEach(other -> cutOff(node(node), other)));
    }
    if (back == Back.AFTER || back == Back.APART) {
      comeBack();
    }
    working = 2;
    cluster.simulation.start("client", () -> operate(15));
    cluster.simulation.start("client", () -> operate(15));
    await("one life", () -> left.stream().allMatch(node -> layout(node).life().number() > 1));
    long lives = left.stream().map(node -> layout(node).life()).distinct().count();
    if (lives != 1) {
      faults.add("lives: " + lives);
    }
    await("at rest", () -> left.stream().allMatch(RescueScene::isAtRest));
    for (SimulatedNode node : left) {
      held.forEach((key, stamp) -> await("reads", () -> isRead(node, key, stamp)));
    }
    await("new clients ended", () -> working == 0);
    if (back == Back.APART) {
      dead.stream().map(this::node).forEach(SimulatedNode::crash);
    }
    grow();
    if (back == Back.LATE) {
      comeBack();
      cluster.simulation.pause(5 * SECOND);
    }
    await("the dead stopped", () -> dead.stream().map(this::node).noneMatch(SimulatedNode::isUp));
    faults.addAll(requireNonNull(after).violations());
  }

  /** A new node is taken in by the life that goes on. */
  private void grow() {
    SimulatedNode more = cluster.add(9);
    more.name = "n9";
    more.start(left().getFirst().id);
    await(
        "a new node holds data",
        () ->
            more.isUp()
                && requireNonNull(more.membership).layout() != null
                && layout(more).to().holders().contains(more.id)
                && isAtRest(more));
  }

  /**
   * The dead start with the disks that they had: while clients are at work only one of them, since
   * to keep a quorum of them apart from clients is what the operator promises; later all of them.
   */
  private void comeBack() {
    dead.stream()
        .limit(back == Back.AFTER ? 1 : dead.size())
        .forEach(node ->
            cluster.simulation.at(cluster.random.nextLong(SECOND), () -> node(node).start(null)));
  }

  private static void cutOff(SimulatedNode one, SimulatedNode other) {
    one.cutOff(other.id);
    other.cutOff(one.id);
  }

  private boolean isRead(SimulatedNode node, Key key, Stamp least) {
    if (!(requireNonNull(node.coordinator)
            .read(key, ConsistencyLevel.LINEARIZABLE, cluster.simulation.nanos() + 4 * SECOND)
        instanceof Outcome.Reached<VersionedValue>(VersionedValue state))) {
      return false;
    }
    if (state.stamp().compareTo(least) < 0) {
      faults.add("%s at %s: %s, and %s was held".formatted(key, node.id, state.stamp(), least));
    }
    return true;
  }

  /** The newest stamp of each key that one of those that are left holds. */
  private Map<Key, Stamp> held() {
    var held = new TreeMap<Key, Stamp>(Key.ORDER);
    for (SimulatedNode node : left()) {
      for (int i = 0; i < KEYS; i++) {
        Key key = key("key " + i);
        held.merge(key, state(node, key).stamp(), (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    return held;
  }

  static VersionedValue state(SimulatedNode node, Key key) {
    Reply reply = node.rows.answer(new Request.Query(0, key, true));
    return reply instanceof Reply.State(VersionedValue state, boolean _)
        ? state
        : VersionedValue.NEVER;
  }

  private static Key key(String name) {
    return SimulatedClients.key(name);
  }

  /** Writes keys of the first life, through any node. */
  private void write(int operations) {
    for (int i = 0; i < operations; i++) {
      cluster.simulation.pause(cluster.random.nextLong(SECOND / 2));
      SimulatedNode node = some();
      Key key = key("key " + cluster.random.nextInt(KEYS));
      if (node.coordinator != null) {
        node.coordinator.write(
            key, Bytes.utf8("v" + ++values), cluster.simulation.nanos() + 2 * SECOND);
      }
    }
    working--;
  }

  /** Operations on keys that only the second life has, through any node, the dead ones too. */
  private void operate(int operations) {
    History history = requireNonNull(after);
    for (int i = 0; i < operations; i++) {
      cluster.simulation.pause(cluster.random.nextLong(SECOND));
      SimulatedNode node = some();
      Key key = key("after " + cluster.random.nextInt(3));
      if (node.coordinator != null) {
        operate(history, node.coordinator, key);
      }
    }
    working--;
  }

  private void operate(History history, Coordinator coordinator, Key key) {
    try {
      switch (cluster.random.nextInt(3)) {
        case 0 -> history.read(coordinator, key);
        case 1 -> history.write(coordinator, key, Bytes.utf8("w" + ++values));
        default -> history.update(coordinator, key, Bytes.utf8("w" + ++values));
      }
    } catch (NotServingException e) {
      refusals++;
    }
  }

  private SimulatedNode some() {
    var up = cluster.nodes.values().stream().filter(SimulatedNode::isUp).toList();
    return up.get(cluster.random.nextInt(up.size()));
  }

  /** Stops nodes that were left behind, as their process does. */
  private void supervise() {
    while (!ended) {
      cluster.nodes.values().stream()
          .filter(RescueScene::isLeftBehind)
          .forEach(SimulatedNode::crash);
      cluster.simulation.pause(SECOND / 10);
    }
  }

  static boolean isLeftBehind(SimulatedNode node) {
    return node.membership != null && node.membership.isLost();
  }

  private static boolean isAtRest(SimulatedNode node) {
    Layout layout = layout(node);
    return requireNonNull(node.membership).isInUse() && !layout.joint() && !layout.due();
  }

  private List<SimulatedNode> left() {
    return IntStream.rangeClosed(1, size)
        .mapToObj(NodeId::new)
        .filter(id -> !dead.contains(id))
        .map(this::node)
        .toList();
  }

  private SimulatedNode node(NodeId id) {
    return requireNonNull(cluster.nodes.get(id));
  }

  private static Layout layout(SimulatedNode node) {
    return requireNonNull(requireNonNull(node.membership).layout());
  }

  private void await(String what, BooleanSupplier until) {
    stage = what;
    while (!until.getAsBoolean()) {
      cluster.simulation.pause(SECOND / 10);
    }
  }
}
