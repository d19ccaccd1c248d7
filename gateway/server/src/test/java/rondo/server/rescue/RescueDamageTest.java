package rondo.server.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RescuePlan;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.repair.EqualTimes;
import rondo.ring.value.NodeId;

final class RescueDamageTest {
  private static final Ring RING = new Ring(16);

  private static RescuePlan plan(int nodes, long... dead) {
    List<Node> all =
        LongStream.rangeClosed(1, nodes)
            .mapToObj(id -> new Node(new NodeId(id), "z", 1L << 30, "host:" + id, ""))
            .toList();
    Layout layout = Layout.first("cluster", RING, all, Replication.DEFAULT);
    return new RescuePlan(layout, Set.copyOf(LongStream.of(dead).mapToObj(NodeId::new).toList()));
  }

  @Test
  void a_write_on_two_dead_nodes_was_there_until_the_later_of_both_was_equal() {
    var times = new EqualTimes();
    for (int p = 0; p < RING.partitions(); p++) {
      times.equal(new NodeId(2), p, 1_000);
      times.equal(new NodeId(3), p, 2_000);
    }
    RescueDamage damage = RescueDamage.of(plan(3, 2, 3), times);
    assertThat(damage.gone().isEmpty()).isTrue();
    assertThat(damage.uncertain()).containsOnlyKeys(2_000L);
    assertThat(damage.words(16).toString())
        .contains("Certainly gone: nothing", "equal until 1970-01-01T00:33:20Z: 0-15");
  }

  @Test
  void a_time_that_nobody_knows_is_told() {
    RescueDamage damage = RescueDamage.of(plan(3, 2, 3), new EqualTimes());
    assertThat(damage.uncertain()).containsOnlyKeys(0L);
    assertThat(damage.words(16).toString())
        .contains("at a time that isn't known", "no time is known");
  }

  @Test
  void partitions_are_gone_whole_or_uncertain() {
    RescueDamage damage = RescueDamage.of(plan(5, 1, 2, 3), new EqualTimes());
    int uncertain = damage.uncertain().values().stream().mapToInt(it -> it.cardinality()).sum();
    assertThat(damage.gone().cardinality()).isPositive();
    assertThat(damage.whole().cardinality()).isPositive();
    assertThat(damage.gone().cardinality() + damage.whole().cardinality() + uncertain)
        .isEqualTo(RING.partitions());
    assertThat(damage.words(16).toString()).contains("of which no node is left");
  }
}
