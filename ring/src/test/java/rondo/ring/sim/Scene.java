package rondo.ring.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Request;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** One run from one seed, and its verdict. */
public final class Scene {
  private static final long LONGEST_NANOS = 60_000 * Simulation.MILLIS;
  private static final int CLIENTS = 3;
  private static final Bytes PARTITION = Bytes.utf8("p");

  private final long seed;
  private final Simulation simulation;
  private final Random random;
  private final Mutation mutation;

  private Scene(long seed, Mutation mutation, boolean tracing) {
    this.seed = seed;
    this.simulation = new Simulation(seed, tracing);
    this.random = simulation.random();
    this.mutation = mutation;
  }

  public static RunResult run(long seed, Mutation mutation, boolean tracing) {
    var scene = new Scene(seed, mutation, tracing);
    try {
      return switch (Math.floorMod(seed, 10)) {
        case 9 -> scene.chosenThenMoved();
        case 3, 6 -> scene.clients(true, 8 + scene.random.nextInt(5));
        default -> scene.clients(false, 2 + scene.random.nextInt(5));
      };
    } catch (AssertionError failed) {
      throw new AssertionError("seed " + seed, failed);
    }
  }

  /** Runs so many operations of all kinds, however long they take. */
  static RunResult runLong(long seed, int operations) {
    var scene = new Scene(seed, Mutation.NONE, false);
    return scene.clients(true, operations / CLIENTS);
  }

  private RunResult clients(boolean lists, int operationsEach) {
    int size = random.nextInt(3) == 0 ? 5 : 3;
    int shift = List.of(0, 1, 1, 2, size).get(random.nextInt(5));
    int write = random.nextInt(4) == 0 ? size : size / 2 + 1;
    int read = size - write + 1;
    List<Key> keys = lists ? keys("a", "d/1", "d/2", "d/3", "e") : keys("k");
    var cluster =
        new RegisterCluster(
            simulation,
            mutation,
            RegisterCluster.chain(size, shift, read, write),
            lists ? 1 + random.nextInt(5) : 100);
    cluster.wire.faults(List.of(0.0, 0.05, 0.2).get(random.nextInt(3)), random.nextInt(2) * 0.1);
    double deaths = List.of(0.0, 0.05, 0.15).get(random.nextInt(3));
    boolean reconfigures = random.nextInt(10) < 7;
    var workload = new RegisterWorkload(cluster, keys, deaths, reconfigures, lists);
    for (int i = 0; i < CLIENTS; i++) {
      workload.client(operationsEach);
    }
    simulation.start("faults", () -> new Faults(cluster).run());
    if (reconfigures) {
      simulation.at(random.nextInt(400) * Simulation.MILLIS, () -> cluster.beginMove(keys));
    }
    simulation.run(workload::done, operationsEach * LONGEST_NANOS);
    boolean strict = !cluster.isMoving() && read == write;
    return verdict(workload, keys, strict);
  }

  /**
   * A scene too rare for chance: the old replicas have chosen a conditional write, one has learnt
   * it, its coordinator is dead, and the key moves while that replica is away.
   */
  private RunResult chosenThenMoved() {
    var keys = keys("k");
    Key key = keys.getFirst();
    var cluster = new RegisterCluster(simulation, mutation, RegisterCluster.chain(3, 1, 2, 2), 100);
    var workload = new RegisterWorkload(cluster, keys, 0, false, false);
    Bytes lost = Bytes.utf8("lost");
    var ballot = new Ballot(1, 77);
    for (long node = 1; node <= 2; node++) {
      replica(cluster, node)
          .handle(new NodeId(77), new Request.Accept(0, key, Stamp.ZERO, ballot, ballot, lost));
    }
    var chosen = new VersionedValue(Stamp.ZERO.successor(), lost);
    replica(cluster, 2).handle(new NodeId(77), new Request.Propagate(0, key, chosen));
    workload
        .history()
        .add(
            new RegisterWorkload.Seen(
                key, new ClientOperation(ClientOperation.Kind.WON, lost, null, 0, Long.MAX_VALUE)));
    cluster.down.add(new NodeId(2));
    cluster.beginMove(keys);
    var done = new boolean[1];
    simulation.start(
        "client",
        () -> {
          while (!cluster.moved()) {
            simulation.pause(50 * Simulation.MILLIS);
          }
          cluster.nodes.forEach(node -> node.learn(2));
          workload.conditional(any(cluster), key, null, Bytes.utf8("next"), 0);
          cluster.down.clear();
          for (int i = 0; i < 6; i++) {
            workload.read(any(cluster), key, 0);
          }
          done[0] = true;
        });
    simulation.run(() -> done[0], LONGEST_NANOS);
    return verdict(workload, keys, true);
  }

  private static SimulatedReplica replica(RegisterCluster cluster, long node) {
    SimulatedReplica replica = cluster.replicas.get(new NodeId(node));
    if (replica == null) {
      throw new IllegalStateException("no replica " + node);
    }
    return replica;
  }

  private CoordinatorNode any(RegisterCluster cluster) {
    return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
  }

  private RunResult verdict(RegisterWorkload workload, List<Key> keys, boolean strict) {
    return workload.result(wrong(workload, keys, strict));
  }

  private @Nullable String wrong(RegisterWorkload workload, List<Key> keys, boolean strict) {
    var sorts = keys.stream().map(Key::sort).collect(Collectors.toSet());
    for (ObservedListing listing : workload.listings()) {
      if (!listing.showsOnly(sorts)) {
        return describe(listing + " shows what nobody wrote", List.of());
      }
    }
    for (Key key : keys) {
      List<ClientOperation> operations =
          workload.history().stream()
              .filter(seen -> seen.key().equals(key))
              .map(RegisterWorkload.Seen::operation)
              .toList();
      if (!Linearizability.holds(operations)) {
        return describe("not linearizable", operations);
      }
      for (ObservedListing listing : workload.listings()) {
        if (!listing.sawWhatWasAcknowledged(key.sort(), operations)
            || (strict && !listing.isLikeARead(key.sort(), operations))) {
          return describe(listing + " is wrong about " + key.sort().utf8(), operations);
        }
      }
    }
    return null;
  }

  private String describe(String what, List<ClientOperation> operations) {
    var text = new StringBuilder("seed " + seed + ": " + what);
    operations.forEach(operation -> text.append("\n  ").append(operation));
    return text.toString();
  }

  private static List<Key> keys(String... sorts) {
    var keys = new ArrayList<Key>();
    for (String sort : sorts) {
      keys.add(new Key(1, PARTITION, Bytes.utf8(sort)));
    }
    return keys;
  }
}
