package rondo.ring.sim;

import java.util.List;
import java.util.Random;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/** Crashes and restarts replicas and coordinators, cuts links and sets clocks, for some time. */
final class Faults implements Runnable {
  private static final long UNTIL_NANOS = 6_000 * Simulation.MILLIS;

  private final RegisterCluster cluster;
  private final Random random;
  private final boolean crashes;
  private final boolean cuts;

  Faults(RegisterCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
    this.crashes = random.nextInt(10) < 6;
    this.cuts = random.nextInt(10) < 3;
  }

  @Override
  public void run() {
    while (cluster.simulation.nanos() < UNTIL_NANOS) {
      cluster.simulation.pause((50 + random.nextInt(350)) * Simulation.MILLIS);
      if (crashes) {
        crashOrRestart();
      }
      if (cuts) {
        cutOrMend();
      }
      CoordinatorNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
      switch (random.nextInt(4)) {
        case 0 -> node.jump();
        case 1 -> node.restart();
        default -> {}
      }
    }
    cluster.down.clear();
    cluster.wire.mend();
  }

  private void crashOrRestart() {
    ReplicaSet old = cluster.placements.getFirst().writeSets().getFirst();
    List<NodeId> alive =
        cluster.replicas.keySet().stream().filter(n -> !cluster.down.contains(n)).toList();
    if (!cluster.down.isEmpty() && random.nextInt(10) < 6) {
      cluster.down.remove(List.copyOf(cluster.down).get(random.nextInt(cluster.down.size())));
    } else if (alive.size() > old.nodes().size() / 2 + 1) {
      cluster.down.add(alive.get(random.nextInt(alive.size())));
    }
    cluster.simulation.trace("down: " + cluster.down);
  }

  private void cutOrMend() {
    if (random.nextBoolean()) {
      cluster.wire.mend();
      return;
    }
    NodeId replica =
        List.copyOf(cluster.replicas.keySet()).get(random.nextInt(cluster.replicas.size()));
    NodeId node = cluster.nodes.get(random.nextInt(cluster.nodes.size())).id();
    switch (random.nextInt(3)) {
      case 0 -> cluster.wire.cut(node, replica);
      case 1 -> cluster.wire.cut(replica, node);
      default -> {
        cluster.wire.cut(node, replica);
        cluster.wire.cut(replica, node);
      }
    }
  }
}
