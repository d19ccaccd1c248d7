package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/** Clusters grow from one node under load and crashes; -Drondo.seeds=N runs more of them. */
@Tag("simulation")
final class GrowthTest {
  private static final long SECOND = 1_000_000_000L;

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 24L));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_cluster_grows_to_three_copies_and_stays_linearizable(long seed) {
    Run run = run(seed, Broken.NOTHING);

    assertThat(run.grown).as("seed %d has grown", seed).isTrue();
    assertThat(run.violations).as("seed %d", seed).isEmpty();
  }

  @Test
  void a_copy_that_brings_nothing_is_found() {
    assertThat(LongStream.range(0, 100))
        .anyMatch(seed -> !run(seed, Broken.COPY).violations.isEmpty());
  }

  @Test
  void a_new_owner_that_counts_before_it_has_copied_is_found() {
    assertThat(LongStream.range(0, 100))
        .anyMatch(seed -> !run(seed, Broken.HASTE).violations.isEmpty());
  }

  @Test
  void a_node_that_missed_a_change_acknowledges_nothing_that_others_miss() {
    assertThat(missedWrites(Broken.NOTHING)).isZero();
  }

  @Test
  void without_fences_a_node_that_missed_a_change_does() {
    assertThat(missedWrites(Broken.FENCE)).isPositive();
  }

  /**
   * The number of writes that node 1 acknowledges without node 4: it missed every layout since
   * before node 4 came.
   */
  private static int missedWrites(Broken broken) {
    var cluster = new SimulatedCluster(1, broken);
    SimulatedNode first = cluster.add(1);
    first.start(null);
    cluster.add(2).start(first.id);
    cluster.add(3).start(first.id);
    var missed = new AtomicInteger();
    var done = new AtomicBoolean();
    cluster.simulation.start(
        "script",
        () -> {
          await(cluster, cluster.nodes.values(), 3);
          first.deafen(1000 * SECOND);
          SimulatedNode fourth = cluster.add(4);
          fourth.start(new NodeId(2));
          await(cluster, List.of(cluster.nodes.get(new NodeId(2)), fourth), 4);
          first.cutOff(new NodeId(3));
          for (int i = 0; i < 100; i++) {
            missed.addAndGet(
                misses(cluster, first, fourth, SimulatedClients.key("missed " + i)) ? 1 : 0);
          }
          done.set(true);
        });
    cluster.simulation.run(done::get, 900 * SECOND);
    assertThat(done).isTrue();
    return missed.get();
  }

  private static boolean misses(
      SimulatedCluster cluster, SimulatedNode writer, SimulatedNode reader, Key key) {
    Bytes value = Bytes.utf8("a value");
    long deadline = cluster.simulation.nanos() + 5 * SECOND;
    return requireNonNull(writer.coordinator).write(key, value, deadline) instanceof Outcome.Reached
        && requireNonNull(reader.coordinator).read(key, ConsistencyLevel.LINEARIZABLE, deadline)
            instanceof Outcome.Reached<VersionedValue>(VersionedValue state)
        && !Objects.equals(value, state.value());
  }

  private static void await(SimulatedCluster cluster, Collection<SimulatedNode> nodes, int size) {
    while (!isGrown(nodes, size)) {
      cluster.simulation.pause(SECOND / 10);
    }
  }

  private record Run(boolean grown, List<String> violations) {}

  private static Run run(long seed, Broken broken) {
    var cluster = new SimulatedCluster(seed, broken);
    var clients = new SimulatedClients(cluster);
    int size = 3 + (int) (seed % 3);
    grow(cluster, size, seed % 4 != 0);
    clients.start(4, 12);
    cluster.simulation.run(() -> clients.areDone() && isGrown(cluster, size), 300 * SECOND);
    return new Run(isGrown(cluster, size), clients.history.violations());
  }

  @Test
  void what_was_written_on_one_node_is_on_all_three_at_the_end() {
    var cluster = new SimulatedCluster(3, Broken.NOTHING);
    var clients = new SimulatedClients(cluster);
    SimulatedNode first = cluster.add(1);
    first.start(null);
    var done = new boolean[1];
    cluster.simulation.start(
        "writer",
        () -> {
          for (int i = 0; i < 50; i++) {
            clients.write(first, SimulatedClients.key("row " + i), Bytes.utf8("value " + i));
          }
          for (long id = 2; id <= 3; id++) {
            cluster.add(id).start(first.id);
          }
          done[0] = true;
        });
    cluster.simulation.run(() -> done[0] && isGrown(cluster, 3), 60 * SECOND);

    assertThat(isGrown(cluster, 3)).isTrue();
    for (SimulatedNode node : cluster.nodes.values()) {
      for (int i = 0; i < 50; i++) {
        assertThat(node.rows.value(SimulatedClients.key("row " + i)))
            .isEqualTo(Bytes.utf8("value " + i));
      }
    }
  }

  private static void grow(SimulatedCluster cluster, int size, boolean crashes) {
    SimulatedNode first = cluster.add(1);
    first.start(null);
    for (long id = 2; id <= size; id++) {
      SimulatedNode node = cluster.add(id);
      cluster.simulation.at(
          SECOND / 10 + cluster.random.nextLong(3 * SECOND), () -> node.start(first.id));
    }
    for (int i = 0; i < 4; i++) {
      cluster.simulation.at(
          cluster.random.nextLong(10 * SECOND),
          () ->
              someNode(cluster)
                  .ifPresent(node -> node.deafen(cluster.random.nextLong(4 * SECOND))));
    }
    if (crashes) {
      for (int i = 0; i < 6; i++) {
        cluster.simulation.at(
            SECOND + cluster.random.nextLong(12 * SECOND), () -> crash(cluster, first.id));
      }
    }
  }

  private static void crash(SimulatedCluster cluster, NodeId seed) {
    someNode(cluster)
        .ifPresent(node -> {
          node.crash();
          cluster.simulation.at(
              cluster.random.nextLong(3 * SECOND),
              () -> node.start(node.id.equals(seed) ? null : seed));
        });
  }

  private static Optional<SimulatedNode> someNode(SimulatedCluster cluster) {
    var up = cluster.nodes.values().stream().filter(SimulatedNode::isUp).toList();
    return up.isEmpty() ? Optional.empty() : Optional.of(up.get(cluster.random.nextInt(up.size())));
  }

  private static boolean isGrown(SimulatedCluster cluster, int size) {
    return cluster.nodes.size() == size && isGrown(cluster.nodes.values(), size);
  }

  private static boolean isGrown(Collection<SimulatedNode> nodes, int size) {
    for (SimulatedNode node : nodes) {
      Membership membership = node.membership;
      Layout layout = membership == null ? null : membership.layout();
      if (layout == null
          || membership == null
          || layout.joint()
          || !membership.isInUse()
          || layout.nodes().size() != size
          || layout.to().classes().getFirst().n() != 3) {
        return false;
      }
    }
    return true;
  }
}
