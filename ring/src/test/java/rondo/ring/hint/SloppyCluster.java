package rondo.ring.hint;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Network;
import rondo.ring.port.Replica;
import rondo.ring.quorum.Outcome;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.RepairPace;
import rondo.ring.repair.RepairedRows;
import rondo.ring.repair.SettledLayout;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.Dot;
import rondo.ring.version.DotSource;
import rondo.ring.version.DottedVersionVector;
import rondo.ring.version.HybridClock;
import rondo.ring.version.VersionVector;

/**
 * Nodes that are cut off from each other, one by one or in groups, while clients write through each
 * of them to keys that stay available; then all faults end.
 */
final class SloppyCluster {
  private static final Ring RING = new Ring(8);
  private static final long SECOND = 1_000_000_000L;
  private static final int HEADS = 1;
  private static final int VERSIONS = 2;
  private static final int KEYS = 6;

  /** Ways to break sloppy quorums; the checker must find each. */
  enum Broken {
    NONE,
    /** Nodes take states in place of owners, and store no hints. */
    NO_HINTS,
    /** Nodes claim to have seen their earlier writes, and have not. */
    NO_CHAIN,
    /** Nodes keep no versions beside the one that is served. */
    NO_VERSIONS
  }

  /** One life of a node. */
  private final class Life {
    final DotSource<Key> dots;
    final Map<Key, SiblingWrite> last = new HashMap<>();
    final HintedNetwork hinted;
    final HintedHandoff handoff;
    final Coordinator coordinator;

    Life(NodeId id) {
      dots = new DotSource<>(id.value());
      hinted = new HintedNetwork(id, network(id, life(id)), simulation.time());
      handoff =
          new HintedHandoff(
              hinted,
              network(id, life(id)),
              requireNonNull(hints.get(id)),
              copies::layout,
              node -> !connected(id, node),
              simulation,
              simulation.time(),
              HintedHandoff.DEFAULT_LIFE);
      coordinator =
          new Coordinator(
                  id,
                  requireNonNull(clocks.get(id)),
                  copies,
                  hinted,
                  simulation,
                  simulation.time(),
                  simulation.randomness())
              .sloppy(Quorums.OF_LAYOUT);
      simulation.start("hints", handoff::keep);
      simulation.start("handoff", handoff::run);
    }
  }

  final Simulation simulation;
  private final Random random;
  private final Broken broken;
  private final SettledLayout copies;
  private final Map<NodeId, RepairedRows> rows = new TreeMap<>();
  private final Map<NodeId, Replica> replicas = new TreeMap<>();
  private final Map<NodeId, MemoryHints> hints = new TreeMap<>();
  private final Map<NodeId, HybridClock> clocks = new TreeMap<>();
  private final Map<NodeId, Integer> lives = new TreeMap<>();
  private final Map<NodeId, Life> alive = new TreeMap<>();
  private final Map<NodeId, Integer> groups = new TreeMap<>();
  private final Map<Key, Set<String>> acknowledged = new TreeMap<>(Key.ORDER);
  private int names;
  int alone;
  int unanswered;
  int conflicts;

  SloppyCluster(long seed, int nodes, Broken broken) {
    this.simulation = new Simulation(seed, Boolean.getBoolean("rondo.trace"));
    this.random = simulation.random();
    this.broken = broken;
    this.copies = SettledLayout.of(RING, nodes, Replication.DEFAULT);
    for (Node node : copies.layout().nodes()) {
      NodeId id = node.id();
      var held = new RepairedRows(RING, 20);
      MemoryHints owed = new MemoryHints(100_000);
      rows.put(id, held);
      hints.put(id, owed);
      var standIn = new SloppyQuorum(id, owed, copies::layout, simulation.time());
      replicas.put(
          id,
          broken == Broken.NO_HINTS
              ? new RowsOnlyNode(request -> answer(held, request))
              : new RowsOnlyNode(request -> answer(held, request), standIn));
      clocks.put(id, new HybridClock(simulation.time(), 0, _ -> {}));
      lives.put(id, 1);
      groups.put(id, 0);
    }
  }

  /** Answers as a node's replica does: a head brings its version with it. */
  private Reply answer(RepairedRows held, Request.Rows request) {
    if (request instanceof Request.Propagate head
        && head.key().table() == HEADS
        && head.state().value() != null
        && broken != Broken.NO_VERSIONS) {
      var version = SiblingWrite.decode(requireNonNull(head.state().value()));
      Bytes sort = Bytes.concat(head.key().sort(), Bytes.utf8("/" + version.name()));
      var key = new Key(VERSIONS, head.key().partition(), sort);
      held.answer(new Request.Propagate(head.epoch(), key, head.state()));
    }
    return held.answer(request);
  }

  /**
   * Clients write on all nodes while nodes are cut off and die; then all faults end, for a while.
   */
  void run() {
    rows.keySet().forEach(this::start);
    for (NodeId id : rows.keySet()) {
      var pace = new RepairPace(Duration.ofSeconds(3), Duration.ofMillis(1), Duration.ofSeconds(2));
      var repair =
          new AntiEntropy(id, copies::layout, network(id, 0), simulation, simulation.time(), pace);
      simulation.start("anti-entropy", repair::run);
      simulation.start("client", () -> client(id));
    }
    simulation.start("faults", this::faults);
    simulation.runUntil(() -> false, 40 * SECOND);
    groups.replaceAll((_, _) -> 0);
    simulation.runUntil(() -> false, 120 * SECOND);
    simulation.run(() -> true, Long.MAX_VALUE);
  }

  private void start(NodeId id) {
    alive.put(id, new Life(id));
  }

  private void faults() {
    var nodes = new ArrayList<>(rows.keySet());
    while (simulation.nanos() < 34 * SECOND) {
      simulation.pause(random.nextInt(4000) * Simulation.MILLIS);
      int parts = 1 + random.nextInt(nodes.size());
      groups.replaceAll((_, _) -> random.nextInt(parts));
      if (random.nextInt(3) == 0) {
        NodeId dead = nodes.get(random.nextInt(nodes.size()));
        requireNonNull(alive.get(dead)).handoff.stop();
        lives.merge(dead, 1, Integer::sum);
        requireNonNull(rows.get(dead)).restart();
        start(dead);
      }
    }
  }

  private int life(NodeId id) {
    return lives.getOrDefault(id, 0);
  }

  private boolean connected(NodeId one, NodeId other) {
    return one.equals(other) || groups.getOrDefault(one, 0).equals(groups.get(other));
  }

  private boolean isAlone(NodeId id) {
    return rows.keySet().stream().filter(other -> connected(id, other)).count() == 1;
  }

  private void client(NodeId id) {
    while (simulation.nanos() < 39 * SECOND) {
      Key key = key(random.nextInt(KEYS));
      Life life = requireNonNull(alive.get(id));
      boolean wasAlone = isAlone(id);
      if (random.nextInt(4) == 0) {
        life.coordinator.read(key, ConsistencyLevel.LINEARIZABLE, simulation.nanos() + 3 * SECOND);
      } else {
        write(id, life, key, wasAlone);
      }
      simulation.pause(random.nextInt(600) * Simulation.MILLIS);
    }
  }

  private void write(NodeId id, Life life, Key key, boolean wasAlone) {
    String name = "w" + names++;
    int started = life(id);
    long deadline = simulation.nanos() + 3 * SECOND;
    Outcome<?> outcome =
        life.coordinator.write(
            key, (before, stamp) -> named(id, life, key, name, before, stamp).encode(), deadline);
    simulation.trace(id + " wrote " + name + ": " + outcome);
    if (outcome instanceof Outcome.Reached<?> && life(id) == started) {
      acknowledged.computeIfAbsent(key, _ -> new HashSet<>()).add(name);
      alone += wasAlone && isAlone(id) ? 1 : 0;
    } else if (life(id) == started) {
      unanswered++;
    }
  }

  private SiblingWrite named(
      NodeId id, Life life, Key key, String name, VersionedValue before, Stamp stamp) {
    var saw = new TreeSet<String>();
    VersionVector seen = VersionVector.NONE;
    if (before.value() != null) {
      SiblingWrite read = SiblingWrite.decode(before.value());
      saw.addAll(read.saw());
      saw.add(read.name());
      seen = read.dotted().seen();
    }
    SiblingWrite own = life.last.get(key);
    if (own != null && broken != Broken.NO_CHAIN) {
      saw.addAll(own.saw());
      saw.add(own.name());
    }
    DottedVersionVector dotted =
        broken == Broken.NO_CHAIN
            ? new DottedVersionVector(new Dot(id.value(), 1, stamp.time()), seen)
            : life.dots.next(key, seen, stamp.time());
    var mine = new SiblingWrite(name, dotted, saw);
    life.last.put(key, mine);
    return mine;
  }

  private static Key key(int number) {
    return new Key(HEADS, Bytes.utf8("shard " + number % 5), Bytes.utf8("key " + number));
  }

  /** A node's network in one of its lives; 0 for messages that outlive it. */
  private Network network(NodeId from, int life) {
    return (to, request, deadlineNanos, answers) -> {
      if (connected(from, to) && (life == 0 || life(from) == life)) {
        simulation.at(
            random.nextInt(20_000_000),
            () -> {
              if (connected(from, to)) {
                Reply reply = requireNonNull(replicas.get(to)).handle(from, request);
                simulation.trace(from + " to " + to + ": " + request + " -> " + reply);
                simulation.at(
                    random.nextInt(20_000_000),
                    () -> {
                      if (connected(from, to)) {
                        answers.put(new Answer(to, reply));
                      }
                    });
              }
            });
      }
    };
  }

  /** The violation once all faults are over; null when there is none. */
  @Nullable String wrong() {
    for (int i = 0; i < KEYS; i++) {
      Key key = key(i);
      List<NodeId> owners = copies.of(key.partition()).writeSets().getFirst().nodes();
      Map<String, SiblingWrite> first = versions(owners.getFirst(), key);
      List<String> differing = owners.stream().map(owner -> shown(owner, key)).distinct().toList();
      if (differing.size() > 1) {
        return key + ": owners differ: " + differing;
      }
      VersionedValue head = head(owners.getFirst(), key);
      String current = head.value() == null ? null : SiblingWrite.decode(head.value()).name();
      Set<String> acked = acknowledged.getOrDefault(key, Set.of());
      String wrong = SiblingWrite.wrong(acked, first.values(), current);
      if (wrong != null) {
        return key + ": " + wrong;
      }
      count(first, current);
    }
    return null;
  }

  private String shown(NodeId owner, Key key) {
    return head(owner, key).stamp() + " of " + versions(owner, key).keySet();
  }

  private void count(Map<String, SiblingWrite> versions, @Nullable String current) {
    SiblingWrite served = current == null ? null : versions.get(current);
    if (served != null) {
      conflicts +=
          (int)
              versions.values().stream()
                  .filter(sibling -> sibling.dotted().conflictsWith(served.dotted()))
                  .count();
    }
  }

  private VersionedValue head(NodeId node, Key key) {
    return requireNonNull(rows.get(node)).at(key).current();
  }

  private Map<String, SiblingWrite> versions(NodeId node, Key key) {
    Bytes prefix = Bytes.concat(key.sort(), Bytes.utf8("/"));
    var versions = new TreeMap<String, SiblingWrite>();
    requireNonNull(rows.get(node))
        .rows
        .forEach((row, state) -> {
          if (row.table() == VERSIONS
              && row.partition().equals(key.partition())
              && row.sort().startsWith(prefix)
              && state.current().value() != null) {
            SiblingWrite sibling = SiblingWrite.decode(requireNonNull(state.current().value()));
            versions.put(sibling.name(), sibling);
          }
        });
    return versions;
  }
}
