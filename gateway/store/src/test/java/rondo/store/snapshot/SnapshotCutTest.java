package rondo.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Placements;
import rondo.ring.port.Replica;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.Outcome;
import rondo.ring.sim.RowsOnlyNode;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;
import rondo.storage.node.NodeReplica;
import rondo.storage.snapshot.NodeSnapshots;
import rondo.storage.snapshot.RequestGate;

/**
 * Snapshots of a simulated cluster under plain and conditional writes, with lost and late messages,
 * a node that is down now and then, and gateways whose clocks are an hour apart.
 */
@Tag("simulation")
final class SnapshotCutTest {
  private static final int SEEDS = 10;

  @Test
  void a_snapshot_is_closed_under_what_happened_before() {
    int taken = 0;
    int acknowledged = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      var world = new World(seed, false);
      world.run();
      assertThat(world.wrong).as("seed " + seed).isEmpty();
      taken += world.taken;
      acknowledged += world.acknowledged;
    }
    assertThat(taken).isGreaterThan(SEEDS);
    assertThat(acknowledged).isGreaterThan(50 * SEEDS);
  }

  @Test
  void without_the_gate_some_are_not() {
    int wrong = 0;
    for (int seed = 1; wrong == 0 && seed <= 4 * SEEDS; seed++) {
      var world = new World(seed, true);
      world.run();
      wrong += world.wrong.isEmpty() ? 0 : 1;
    }
    assertThat(wrong).isPositive();
  }

  /** A write, by virtual time. */
  private static final class Write {
    final int key;
    final int number;
    final long begun;
    long acknowledged = Long.MAX_VALUE;

    Write(int key, int number, long begun) {
      this.key = key;
      this.number = number;
      this.begun = begun;
    }
  }

  private static final class World implements Placements {
    private static final int NODES = 4;
    private static final int KEYS = 8;
    private static final long MILLIS = Simulation.MILLIS;

    final List<String> wrong = new ArrayList<>();
    int taken;
    int acknowledged;
    private final Simulation simulation;
    private final Map<NodeId, Replica> replicas = new TreeMap<>();
    private final Set<NodeId> down = new HashSet<>();
    private final List<Write> writes = new ArrayList<>();
    private final boolean gateless;
    private final double loss;
    private boolean done;
    private int running;

    World(long seed, boolean gateless) {
      this.simulation = new Simulation(seed, false);
      this.gateless = gateless;
      this.loss = simulation.random().nextInt(3) == 0 ? 0.02 : 0;
      for (int i = 1; i <= NODES; i++) {
        replicas.put(new NodeId(i), replica());
      }
    }

    private Replica replica() {
      var engine = new MemoryEngine();
      var rows = new NodeReplica(engine, () -> new Ring(16));
      var gate = new RequestGate(simulation, simulation.time());
      var snapshots = new NodeSnapshots(engine, gate, simulation.time());
      var dispatcher =
          new RequestDispatcher(
              (from, epoch, answer) -> answer.get(),
              (propagate, taking) -> taking.get(),
              request ->
                  request instanceof Request.TakeSnapshot take
                      ? snapshots.take(take)
                      : rows.answer(request),
              RowsOnlyNode::refuse,
              request ->
                  switch (request) {
                    case Request.ThawRows thaw -> snapshots.thaw(thaw);
                    case Request.PullSnapshot pull -> snapshots.pull(pull);
                    case Request.DropSnapshot drop -> snapshots.drop(drop);
                    default -> RowsOnlyNode.refuse(request);
                  });
      return gateless ? dispatcher : gate.before(dispatcher);
    }

    void run() {
      simulation.start("stops", this::stops);
      for (int key = 0; key < KEYS; key++) {
        int own = key;
        running++;
        simulation.start("writer", () -> write(own));
      }
      running++;
      simulation.start("backups", this::backups);
      simulation.run(() -> running == 0, 600_000 * MILLIS);
    }

    private void stops() {
      while (!done) {
        down.clear();
        if (simulation.random().nextInt(3) == 0) {
          down.add(new NodeId(1 + simulation.random().nextInt(NODES)));
        }
        simulation.pause(300 * MILLIS);
      }
    }

    private void write(int key) {
      var name = new Key(Tables.KEYS, Bytes.utf8("p" + key), Bytes.utf8("k" + key));
      int number = 0;
      while (!done) {
        var write = new Write(key, number++, simulation.nanos());
        writes.add(write);
        Bytes value = Bytes.utf8(key + " " + write.number);
        long deadline = simulation.nanos() + 3_000 * MILLIS;
        Coordinator any = coordinator(1 + simulation.random().nextInt(NODES));
        boolean ended =
            simulation.random().nextBoolean()
                ? any.write(name, value, deadline) instanceof Outcome.Reached<?>
                : any.update(name, _ -> new Decision.Put(value), deadline)
                    instanceof Outcome.Reached<?>;
        if (ended) {
          write.acknowledged = simulation.nanos();
          acknowledged++;
        } else {
          // What is not known may come later, above the next one.
          break;
        }
        simulation.pause(simulation.random().nextInt(20) * MILLIS);
      }
      running--;
    }

    private Coordinator coordinator(int node) {
      long apart = TimeUnit.HOURS.toMicros(1) * node / NODES;
      var clock = new HybridClock(apart(simulation.time(), apart), 0, ceiling -> {});
      return new Coordinator(
          new NodeId(node + 10),
          clock,
          this,
          this::send,
          simulation,
          simulation.time(),
          simulation.randomness(),
          VersionRows::isShown);
    }

    private static Time apart(Time time, long micros) {
      return new Time() {
        @Override
        public long wallMicros() {
          return time.wallMicros() + micros;
        }

        @Override
        public long nanos() {
          return time.nanos();
        }
      };
    }

    private void backups() {
      var messenger = new Messenger(this::send, simulation, simulation.time());
      for (int i = 0; i < 3; i++) {
        simulation.pause((100 + simulation.random().nextInt(300)) * MILLIS);
        long ordered = simulation.nanos();
        try (ClusterSnapshot snapshot =
            ClusterSnapshot.take(100L * (i + 1), this::members, messenger, simulation.time())) {
          judge(ordered, simulation.nanos(), read(snapshot));
          taken++;
        } catch (SnapshotException tooFew) {
          simulation.trace(String.valueOf(tooFew.getMessage()));
        }
      }
      done = true;
      running--;
    }

    private Map<Integer, Integer> read(ClusterSnapshot snapshot) {
      var found = new TreeMap<Integer, Integer>();
      SnapshotRows rows = snapshot.rows();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        String[] parts = Objects.requireNonNull(row.state().value()).utf8().split(" ", 2);
        found.put(Integer.valueOf(parts[0]), Integer.valueOf(parts[1]));
      }
      return found;
    }

    private void judge(long ordered, long taken, Map<Integer, Integer> found) {
      for (Write write : writes) {
        boolean has = found.getOrDefault(write.key, -1) >= write.number;
        if (!has && write.acknowledged < ordered) {
          wrong.add("lacks what was acknowledged before the order");
        }
        if (!has && write.acknowledged < youngest(found)) {
          wrong.add("lacks what came before what it has");
        }
        if (has && write.begun > taken) {
          wrong.add("has what began after it");
        }
      }
    }

    /** When the youngest write began that is in the snapshot. */
    private long youngest(Map<Integer, Integer> found) {
      return writes.stream()
          .filter(write -> found.getOrDefault(write.key, -1) == write.number)
          .mapToLong(write -> write.begun)
          .max()
          .orElse(0);
    }

    private SnapshotMembers members() {
      List<NodeId> all = List.copyOf(replicas.keySet());
      return new SnapshotMembers(1, all, nodes -> all.size() - nodes.size() > 1 ? "too few" : "");
    }

    private void send(NodeId to, Request request, long deadline, Mailbox<Answer> answers) {
      if (isLost()) {
        return;
      }
      boolean taking = request instanceof Request.TakeSnapshot;
      simulation.at(
          taking && simulation.random().nextBoolean() ? 20 * delay() : delay(),
          () -> {
            Replica replica = Objects.requireNonNull(replicas.get(to));
            if (!down.contains(to)) {
              simulation.start("node", () -> answer(to, replica, request, answers));
            }
          });
    }

    private void answer(NodeId to, Replica replica, Request request, Mailbox<Answer> answers) {
      Reply reply = replica.handle(new NodeId(0), request);
      if (!isLost()) {
        simulation.at(delay(), () -> answers.put(new Answer(to, reply)));
      }
    }

    private boolean isLost() {
      return simulation.random().nextDouble() < loss;
    }

    private long delay() {
      int most = simulation.random().nextInt(20) == 0 ? 100_000 : 3_000;
      return 1000L * (200 + simulation.random().nextInt(most));
    }

    @Override
    public Placement of(Bytes partition) {
      int first = Math.floorMod(partition.hashCode(), NODES);
      var nodes = new ArrayList<NodeId>();
      for (int i = 0; i < 3; i++) {
        nodes.add(new NodeId(1 + (first + i) % NODES));
      }
      var set = List.of(new ReplicaSet(nodes, 2));
      return new Placement(1, set, set);
    }

    @Override
    public void stale(long epoch) {}
  }
}
