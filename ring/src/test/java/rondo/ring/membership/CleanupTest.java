package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** A node removes data that it no longer owns once others hold it, and not before. */
@Tag("simulation")
final class CleanupTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROWS = 40;

  @Test
  void a_drained_node_is_empty_in_the_end_and_its_rows_are_where_they_belong() {
    run(cluster -> {
      SimulatedNode fourth = node(cluster, 4);
      assertThat(held(fourth)).isPositive();
      drain(cluster, 4);
      assertThat(held(fourth)).isPositive();
      cluster.simulation.pause(300 * SECOND);
      assertThat(held(fourth)).isZero();
      for (int i = 0; i < ROWS; i++) {
        var key = SimulatedClients.key("row " + i);
        assertThat(cluster.nodes.values())
            .filteredOn(node -> node.rows.value(key) != null)
            .hasSizeGreaterThanOrEqualTo(2);
      }
    });
  }

  @Test
  void what_too_few_owners_hold_stays() {
    run(cluster -> {
      SimulatedNode fourth = node(cluster, 4);
      drain(cluster, 4);
      int before = held(fourth);
      node(cluster, 1).crash();
      node(cluster, 2).crash();
      cluster.simulation.pause(300 * SECOND);
      assertThat(held(fourth)).isEqualTo(before);
    });
  }

  private static void run(Consumer<SimulatedCluster> script) {
    var cluster = new SimulatedCluster(5, Broken.NOTHING);
    var clients = new SimulatedClients(cluster);
    for (long id = 1; id <= 4; id++) {
      cluster.add(id).start(id == 1 ? null : new NodeId(1));
    }
    var done = new AtomicBoolean();
    cluster.simulation.start(
        "script",
        () -> {
          await(cluster, () -> isSettled(node(cluster, 1), 4));
          for (int i = 0; i < ROWS; i++) {
            clients.write(node(cluster, 1), SimulatedClients.key("row " + i), Bytes.utf8("value"));
          }
          script.accept(cluster);
          done.set(true);
        });
    cluster.simulation.run(done::get, 900 * SECOND);
    assertThat(done).isTrue();
  }

  private static void drain(SimulatedCluster cluster, long id) {
    Membership membership = requireNonNull(node(cluster, 1).membership);
    List<LayoutChange> orders = List.of(new LayoutChange.Capacity(new NodeId(id), 0));
    await(cluster, () -> membership.order(orders, cluster.simulation.nanos() + 5 * SECOND));
    await(cluster, () -> isSettled(node(cluster, 1), 3) && isSettled(node(cluster, id), 3));
  }

  private static int held(SimulatedNode node) {
    int held = 0;
    for (int i = 0; i < ROWS; i++) {
      held += node.rows.value(SimulatedClients.key("row " + i)) == null ? 0 : 1;
    }
    return held;
  }

  private static boolean isSettled(SimulatedNode node, int holders) {
    Membership membership = requireNonNull(node.membership);
    Layout layout = membership.layout();
    return layout != null
        && membership.isInUse()
        && !layout.joint()
        && !layout.due()
        && layout.to().holders().size() == holders;
  }

  private static SimulatedNode node(SimulatedCluster cluster, long id) {
    return requireNonNull(cluster.nodes.get(new NodeId(id)));
  }

  private static void await(SimulatedCluster cluster, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      cluster.simulation.pause(SECOND / 10);
    }
  }
}
