package rondo.ring.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.placement.Ring;
import rondo.ring.sim.History;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * Clients of a simulated cluster, through any node that has a layout, and the history that they
 * saw.
 */
final class SimulatedClients {
  private static final int KEYS = 6;
  private static final long SECOND = 1_000_000_000L;

  private final SimulatedCluster cluster;
  final History history;
  private final Set<Bytes> acknowledgedChunks = new TreeSet<>();
  private final List<Key> keys = new ArrayList<>();
  private int lastClass;
  private int values;
  private int running;

  SimulatedClients(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.history = new History(cluster.simulation, 4 * SECOND);
    for (int i = 0; i < KEYS; i++) {
      keys.add(key("key " + i));
    }
  }

  static Key key(String name) {
    return new Key(4, Bytes.utf8(name), Bytes.EMPTY);
  }

  /** From now on half of the operations are on keys and chunks of the next class of copies. */
  void useNextClass() {
    lastClass++;
    for (int i = 0; i < KEYS; i++) {
      Bytes id = Bytes.utf8("key number " + i + " of.");
      keys.add(new Key(4, Ring.ofClass(lastClass, id.slice(0, 16)), Bytes.EMPTY));
    }
  }

  void start(int clients, int operations) {
    for (int client = 0; client < clients; client++) {
      running++;
      cluster.simulation.start("client", () -> client(operations));
    }
  }

  /** Clients that put chunks, each under a new id. */
  void startChunks(int clients, int operations) {
    for (int client = 0; client < clients; client++) {
      running++;
      String name = "chunk " + client + "/";
      cluster.simulation.start("chunks", () -> chunkClient(name, operations));
    }
  }

  private void chunkClient(String name, int operations) {
    for (int i = 0; i < operations; i++) {
      cluster.simulation.pause(cluster.random.nextLong(SECOND));
      Bytes id = Bytes.utf8((name + i + " ".repeat(16)).substring(0, 16));
      Bytes chunk = Ring.ofClass(cluster.random.nextInt(1 + lastClass), id);
      SimulatedNode node = someReady();
      if (node != null && SimulatedChunks.put(node, chunk, cluster.broken)) {
        acknowledgedChunks.add(chunk);
      }
    }
    running--;
  }

  int chunks() {
    return acknowledgedChunks.size();
  }

  /** The acknowledged chunks that a read quorum of their owners may not find. */
  List<String> thinChunks(Layout settled) {
    var thin = new ArrayList<String>();
    for (Bytes chunk : acknowledgedChunks) {
      int partition = settled.ring().partitionOf(chunk);
      List<NodeId> owners = settled.to().of(partition);
      var holders =
          cluster.nodes.values().stream()
              .filter(node -> node.chunks.contains(chunk))
              .map(node -> node.id)
              .toList();
      long without = owners.stream().filter(Predicate.not(holders::contains)).count();
      if (without >= settled.to().replication(partition).r()) {
        thin.add(chunk.utf8() + " of " + owners + " is on " + holders);
      }
    }
    return thin;
  }

  boolean areDone() {
    return running == 0;
  }

  /** Reads every key through a node, as one more client; true when each was answered. */
  boolean readAll(SimulatedNode node) {
    boolean all = true;
    for (Key key : keys) {
      all &= read(node, key);
    }
    return all;
  }

  private void client(int operations) {
    for (int i = 0; i < operations; i++) {
      cluster.simulation.pause(cluster.random.nextLong(SECOND));
      SimulatedNode node = someReady();
      if (node != null) {
        operate(node);
      }
    }
    running--;
  }

  private @Nullable SimulatedNode someReady() {
    var up =
        cluster.nodes.values().stream()
            .filter(node -> node.membership != null && node.membership.placements().isReady())
            .toList();
    return up.isEmpty() ? null : up.get(cluster.random.nextInt(up.size()));
  }

  private void operate(SimulatedNode node) {
    Key key = keys.get(cluster.random.nextInt(keys.size()));
    Bytes value = Bytes.utf8("v" + ++values);
    switch (cluster.random.nextInt(4)) {
      case 0, 1 -> read(node, key);
      case 2 -> write(node, key, value);
      default -> update(node, key, value);
    }
  }

  boolean read(SimulatedNode node, Key key) {
    Coordinator coordinator = node.coordinator;
    return coordinator != null && history.read(coordinator, key);
  }

  void write(SimulatedNode node, Key key, Bytes value) {
    Coordinator coordinator = node.coordinator;
    if (coordinator != null) {
      history.write(coordinator, key, value);
    }
  }

  void update(SimulatedNode node, Key key, Bytes value) {
    Coordinator coordinator = node.coordinator;
    if (coordinator != null) {
      history.update(coordinator, key, value);
    }
  }
}
