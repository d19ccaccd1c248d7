package rondo.ring.repair;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.hint.HintedHandoff;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.hint.MemoryHints;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.register.RegisterState;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/** Nodes with a fixed layout that crash and lose messages; then all faults end. */
final class RepairCluster {
  static final Ring RING = new Ring(8);
  static final long SECOND = 1_000_000_000L;
  private static final int KEYS = 40;

  /** Ways to break repair; the comparison of replicas must find each. */
  enum Broken {
    /** No node compares its rows. */
    NO_ANTI_ENTROPY,
    /** Coordinators store no hints. */
    NO_HINTS,
    /** Hints are stored, but never sent. */
    NO_REPLAY,
    /**
     * Rows that others lack aren't pushed, and rows that are missing here are fetched but not
     * stored.
     */
    NO_PUSH,
    /** Replicas leave tombstones out of their answers. */
    NO_TOMBSTONES
  }

  final Simulation simulation;
  final Random random;
  final SettledLayout copies;
  final Map<NodeId, RepairedRows> rows = new TreeMap<>();
  private final Map<NodeId, AntiEntropy> repairs = new TreeMap<>();
  private final Map<NodeId, HintedNetwork> hinted = new TreeMap<>();
  private final Map<NodeId, HintedHandoff> handoffs = new TreeMap<>();
  private final Map<NodeId, MemoryHints> hints = new TreeMap<>();
  private final HintPromises promised = new HintPromises();
  private final Set<NodeId> down = new TreeSet<>();
  private final Set<Broken> broken;
  private double loss;

  RepairCluster(long seed, int nodes, Broken... broken) {
    this.simulation = new Simulation(seed, Boolean.getBoolean("rondo.trace"));
    this.random = simulation.random();
    this.broken = Set.of(broken);
    this.copies = SettledLayout.of(RING, nodes, Replication.DEFAULT);
    for (Node node : copies.layout().nodes()) {
      rows.put(node.id(), new RepairedRows(RING, 1 + random.nextInt(20)));
      hints.put(node.id(), new MemoryHints(1000));
    }
  }

  /** Clients write on all nodes while nodes come and go; then all are up, for {@code quiet}. */
  void run(Duration quiet) {
    loss = random.nextInt(3) * 0.05;
    startRepairs();
    rows.keySet().forEach(this::startHandoff);
    for (int i = 0; i < 3; i++) {
      simulation.start("client", this::client);
    }
    simulation.start("faults", this::faults);
    simulation.runUntil(() -> false, 60 * SECOND);
    loss = 0;
    List.copyOf(down).forEach(this::restart);
    simulation.runUntil(() -> false, 60 * SECOND + quiet.toNanos());
    repairs.values().forEach(AntiEntropy::stop);
    handoffs.values().forEach(HintedHandoff::stop);
    simulation.run(() -> true, Long.MAX_VALUE);
  }

  void startRepairs() {
    for (NodeId id : rows.keySet()) {
      var pace = new RepairPace(Duration.ofSeconds(3), Duration.ofMillis(1), Duration.ofSeconds(2));
      var repair =
          new AntiEntropy(id, copies::layout, network(id), simulation, simulation.time(), pace);
      repairs.put(id, repair);
      if (!broken.contains(Broken.NO_ANTI_ENTROPY)) {
        simulation.start("anti-entropy", repair::run);
      }
    }
  }

  private void startHandoff(NodeId id) {
    var network = new HintedNetwork(id, network(id), simulation.time());
    var life =
        broken.contains(Broken.NO_HINTS) ? Duration.ofSeconds(-1) : HintedHandoff.DEFAULT_LIFE;
    var handoff =
        new HintedHandoff(
            network,
            network(id),
            requireNonNull(hints.get(id)),
            copies::layout,
            node -> broken.contains(Broken.NO_REPLAY) || down.contains(node),
            simulation,
            simulation.time(),
            life);
    hinted.put(id, network);
    handoffs.put(id, handoff);
    simulation.start("hints", handoff::keep);
    simulation.start("handoff", handoff::run);
  }

  /** Kills a node, and with it the memory of its coordinators. */
  private void kill(NodeId id) {
    down.add(id);
    requireNonNull(handoffs.get(id)).stop();
    promised.died(id, simulation.nanos());
  }

  private void restart(NodeId id) {
    down.remove(id);
    requireNonNull(rows.get(id)).restart();
    startHandoff(id);
  }

  /** The network of a node's coordinators, which sends nothing while the node is dead. */
  private Network coordinators(NodeId id) {
    return (to, request, deadlineNanos, answers) -> {
      if (!down.contains(id)) {
        if (request instanceof Request.Propagate propagate) {
          promised.sent(id, to, propagate, simulation.nanos());
        }
        requireNonNull(hinted.get(id)).send(to, request, deadlineNanos, answers);
      }
    };
  }

  /** The states that hints had to bring, and did not. */
  List<HintPromises.Sent> unkept() {
    return promised.unkept((node, key) -> state(node, key).current().stamp());
  }

  long hintsWaiting() {
    return hints.values().stream().mapToLong(MemoryHints::count).sum();
  }

  /** The hints replayed since the nodes' last starts. */
  long hintsReplayed() {
    return handoffs.values().stream().mapToLong(handoff -> handoff.status().replayed()).sum();
  }

  RepairStatus status(long id) {
    return requireNonNull(repairs.get(new NodeId(id))).status();
  }

  private void client() {
    long id = 1L + random.nextInt(rows.size());
    var clock = new HybridClock(simulation.time(), 0, _ -> {});
    var coordinator =
        new Coordinator(
            new NodeId(100 + random.nextInt(1 << 20)),
            clock,
            copies,
            coordinators(new NodeId(id)),
            simulation,
            simulation.time(),
            simulation.randomness());
    for (int i = 0; i < 60; i++) {
      Key key = key(random.nextInt(KEYS));
      long deadline = simulation.nanos() + SECOND;
      Bytes value = Bytes.utf8("value " + random.nextInt());
      switch (random.nextInt(4)) {
        case 0 -> coordinator.write(key, (@Nullable Bytes) null, deadline);
        case 1 -> coordinator.update(key, _ -> new Decision.Put(value), deadline);
        default -> coordinator.write(key, value, deadline);
      }
      simulation.pause(random.nextInt(400) * Simulation.MILLIS);
    }
  }

  static Key key(int number) {
    return new Key(3, Bytes.utf8("shard " + number % 5), Bytes.utf8("key " + number));
  }

  private void faults() {
    while (simulation.nanos() < 50 * SECOND) {
      simulation.pause(random.nextInt(4000) * Simulation.MILLIS);
      var nodes = new ArrayList<>(rows.keySet());
      NodeId node = nodes.get(random.nextInt(nodes.size()));
      if (down.contains(node)) {
        restart(node);
      } else if (down.isEmpty()) {
        kill(node);
      }
    }
  }

  Network network(NodeId from) {
    return (to, request, deadlineNanos, answers) -> {
      if (arrives(from, to)) {
        simulation.at(delay(), () -> deliver(from, to, request, answers));
      }
    };
  }

  private void deliver(NodeId from, NodeId to, Request request, Mailbox<Answer> answers) {
    if (down.contains(to)) {
      return;
    }
    Reply reply =
        broken.contains(Broken.NO_PUSH) && request instanceof Request.PushRows
            ? new Reply.Done()
            : broken(requireNonNull(rows.get(to)).node.handle(from, request));
    simulation.trace(from + " to " + to + ": " + request + " -> " + reply);
    if (arrives(to, from)) {
      simulation.at(delay(), () -> answers.put(new Answer(to, reply)));
    }
  }

  private Reply broken(Reply reply) {
    return broken.contains(Broken.NO_TOMBSTONES) && reply instanceof Reply.Rows(var given, Key next)
        ? new Reply.Rows(given.stream().filter(row -> row.state().isPresent()).toList(), next)
        : reply;
  }

  private boolean arrives(NodeId from, NodeId to) {
    return from.equals(to) || (!down.contains(from) && random.nextDouble() >= loss);
  }

  private long delay() {
    return random.nextInt(20_000_000);
  }

  /** The keys whose replicas differ, with their states. */
  List<String> differences() {
    var keys = new TreeSet<>(Key.ORDER);
    rows.values().forEach(held -> keys.addAll(held.rows.keySet()));
    var different = new ArrayList<String>();
    for (Key key : keys) {
      List<NodeId> holders = copies.of(key.partition()).writeSets().getFirst().nodes();
      List<@Nullable Object> states = new ArrayList<>();
      holders.forEach(node -> states.add(state(node, key).current()));
      if (states.stream().distinct().count() > 1) {
        different.add(key + ": " + states);
      }
    }
    return different;
  }

  private RegisterState state(NodeId node, Key key) {
    return requireNonNull(rows.get(node)).at(key);
  }
}
