package rondo.ring.repair;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.message.Request;
import rondo.ring.repair.RepairCluster.Broken;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Replicas receive the rows that they missed; -Drondo.seeds=N runs more clusters. */
@Tag("simulation")
final class AntiEntropyTest {
  private static final Duration QUIET = Duration.ofSeconds(60);

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 60L));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void after_a_quiet_time_all_replicas_of_every_key_are_equal(long seed) {
    RepairCluster cluster = run(seed);

    assertThat(cluster.differences()).as("seed %d", seed).isEmpty();
    assertThat(cluster.hintsWaiting()).as("seed %d", seed).isZero();
    cluster
        .copies
        .layout()
        .nodes()
        .forEach(node ->
            assertThat(cluster.status(node.id().value()).whole()).as("seed %d", seed).isTrue());
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_ANTI_ENTROPY", "NO_PUSH", "NO_TOMBSTONES"})
  void a_broken_repair_is_found(Broken broken) {
    assertThat(LongStream.range(0, 40))
        .anyMatch(seed -> !run(seed, broken, Broken.NO_HINTS).differences().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hints_alone_bring_what_a_coordinator_sent_that_lived_to_write_it_down(long seed) {
    RepairCluster cluster = run(seed, Broken.NO_ANTI_ENTROPY);

    assertThat(cluster.unkept()).as("seed %d", seed).isEmpty();
    assertThat(cluster.hintsWaiting()).as("seed %d", seed).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_HINTS", "NO_REPLAY"})
  void hints_that_are_not_kept_or_not_replayed_are_found(Broken broken) {
    assertThat(LongStream.range(0, 40))
        .anyMatch(seed -> !run(seed, broken, Broken.NO_ANTI_ENTROPY).unkept().isEmpty());
  }

  private static RepairCluster run(long seed, Broken... broken) {
    var cluster = new RepairCluster(seed, 3 + (int) (seed % 3), broken);
    cluster.run(QUIET);
    return cluster;
  }

  @Test
  void two_replicas_of_many_rows_that_differ_in_ten_exchange_ten() {
    var cluster = new RepairCluster(1, 2);
    for (int i = 0; i < 20_000; i++) {
      for (long node = 1; node <= 2; node++) {
        if (i % 4000 != node) {
          put(cluster, node, i);
        }
      }
    }
    cluster.startRepairs();
    cluster.simulation.runUntil(
        () -> cluster.status(1).whole() && cluster.status(2).whole(), 600 * RepairCluster.SECOND);

    assertThat(cluster.differences()).isEmpty();
    assertThat(cluster.rows.values().stream().mapToInt(rows -> rows.pushed).sum())
        .as("rows sent: each node looks, perhaps at the same moment")
        .isBetween(10, 20);
    assertThat(cluster.rows.values().stream().mapToInt(rows -> rows.told).sum())
        .as("stamps told, of 40,000")
        .isLessThan(2_000);
  }

  private static void put(RepairCluster cluster, long node, int number) {
    var key = new Key(3, Bytes.utf8("shard"), Bytes.utf8("key " + number));
    var state = new VersionedValue(new Stamp(1, 1, 0), Bytes.utf8("value"));
    requireNonNull(cluster.rows.get(new NodeId(node))).answer(new Request.Propagate(1, key, state));
  }

  @Test
  void sums_tell_a_tombstone_from_a_value_and_forget_nothing() {
    var one = new RowSums(4);
    var other = new RowSums(4);
    Key key = RepairCluster.key(1);
    one.change(2, key, Stamp.ZERO, new Stamp(1, 1, 0));
    other.change(2, key, Stamp.ZERO, new Stamp(2, 1, 0));
    assertThat(one.leaves(2)).isNotEqualTo(other.leaves(2));

    one.change(2, key, new Stamp(1, 1, 0), new Stamp(2, 1, 0));
    assertThat(one.leaves(2)).isEqualTo(other.leaves(2));

    one.change(2, key, new Stamp(2, 1, 0), Stamp.ZERO);
    assertThat(one.leaves(2)).isEqualTo(new RowSums(4).leaves(2));
    assertThat(List.of(RowSums.leaf(key))).allMatch(leaf -> leaf >= 0 && leaf < RowSums.LEAVES);
  }
}
