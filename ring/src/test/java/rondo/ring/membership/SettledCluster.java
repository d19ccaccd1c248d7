package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.value.NodeId;

/** Runs scripts on simulated nodes that have settled as one cluster. */
final class SettledCluster {
  private static final long SECOND = 1_000_000_000;

  private SettledCluster() {}

  /** Starts the nodes 1 to {@code size} of an empty cluster, and runs the script to its end. */
  static void run(
      SimulatedCluster cluster, int size, long seed, Consumer<SimulatedCluster> script) {
    for (long id = 1; id <= size; id++) {
      cluster.add(id).start(id == 1 ? null : new NodeId(1));
    }
    var done = new AtomicBoolean();
    cluster.simulation.start(
        "script",
        () -> {
          await(cluster, () -> isSettled(cluster, size));
          cluster.simulation.pause(10 * SECOND);
          script.accept(cluster);
          done.set(true);
        });
    cluster.simulation.run(done::get, 900 * SECOND);
    assertThat(done).as("seed %d", seed).isTrue();
  }

  static void await(SimulatedCluster cluster, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      cluster.simulation.pause(SECOND / 100);
    }
  }

  static SimulatedNode node(SimulatedCluster cluster, long id) {
    return requireNonNull(cluster.nodes.get(new NodeId(id)));
  }

  static boolean isSettled(SimulatedCluster cluster, int size) {
    return cluster.nodes.values().stream()
        .allMatch(node -> {
          Membership membership = node.membership;
          Layout layout = membership == null ? null : membership.layout();
          return layout != null
              && !layout.joint()
              && !layout.due()
              && layout.nodes().size() == size;
        });
  }
}
