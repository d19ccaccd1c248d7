package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;

/** Nodes of a cluster get a newer program, one after the other, under load. */
@Tag("simulation")
final class UpgradeTest {
  private static final long SECOND = 1_000_000_000L;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 8L));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_release_is_agreed_when_the_last_member_runs_it_and_not_before(long seed) {
    var cluster = new SimulatedCluster(seed, Broken.NOTHING);
    var clients = new SimulatedClients(cluster);
    List<SimulatedNode> nodes = LongStream.rangeClosed(1, 3).mapToObj(cluster::add).toList();
    nodes.forEach(node -> {
      node.release = 0;
      node.start(node == nodes.getFirst() ? null : nodes.getFirst().id);
    });
    var done = new AtomicBoolean();
    cluster.simulation.start(
        "script",
        () -> {
          await(cluster, () -> nodes.stream().allMatch(node -> isSettled(node, 3)));
          clients.start(3, 20);
          for (SimulatedNode node : nodes) {
            assertThat(nodes).noneMatch(UpgradeTest::knowsTheRelease);
            restart(cluster, node, Feature.RELEASE);
            if (node != nodes.getLast()) {
              // Going back is possible as long as one node has the older program.
              restart(cluster, node, 0);
              cluster.simulation.pause(15 * SECOND);
              restart(cluster, node, Feature.RELEASE);
            }
          }
          await(cluster, () -> nodes.stream().allMatch(UpgradeTest::knowsTheRelease));
          SimulatedNode older = cluster.add(4);
          older.release = 0;
          older.start(nodes.getFirst().id);
          cluster.simulation.pause(20 * SECOND);
          assertThat(nodes).allMatch(node -> layout(node).node(older.id) == null);
          await(cluster, clients::areDone);
          done.set(true);
        });
    cluster.simulation.run(done::get, 600 * SECOND);
    assertThat(done).isTrue();
    assertThat(clients.history.violations()).isEmpty();
  }

  private static void restart(SimulatedCluster cluster, SimulatedNode node, int release) {
    node.crash();
    node.release = release;
    cluster.simulation.pause(SECOND);
    node.start(null);
    await(cluster, () -> isSettled(node, 3));
    cluster.simulation.pause(3 * SECOND);
  }

  private static void await(SimulatedCluster cluster, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      cluster.simulation.pause(SECOND / 10);
    }
  }

  private static boolean isSettled(SimulatedNode node, int copies) {
    Membership membership = node.membership;
    return membership != null
        && membership.layout() != null
        && membership.isInUse()
        && !layout(node).joint()
        && layout(node).to().classes().getFirst().n() == copies;
  }

  private static boolean knowsTheRelease(SimulatedNode node) {
    return layout(node).members().knows(Feature.AGREED_RELEASE);
  }

  private static Layout layout(SimulatedNode node) {
    return requireNonNull(requireNonNull(node.membership).layout());
  }
}
