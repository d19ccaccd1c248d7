package rondo.ring.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

final class RescuePlanTest {
  private static final Ring RING = new Ring(64);
  private static final ClusterLife NEXT = ClusterLife.FIRST.after(77, 5_000, 4_000);

  private static Layout layout(int nodes) {
    List<Node> all =
        LongStream.rangeClosed(1, nodes)
            .mapToObj(id ->
                new Node(new NodeId(id), "z" + id, 1L << 30, "host:" + id, "")
                    .living(Life.of("n" + id, Bytes.EMPTY)))
            .toList();
    return Layout.first("cluster", RING, all, Replication.DEFAULT).agreeing(Feature.RELEASE);
  }

  private static Set<NodeId> dead(long... ids) {
    return Set.copyOf(LongStream.of(ids).mapToObj(NodeId::new).toList());
  }

  @Test
  void each_holder_that_is_left_counts_in_each_quorum() {
    var plan = new RescuePlan(layout(5), dead(2, 4));
    assertThat(plan.needless()).isEmpty();
    Layout next = plan.next(NEXT);

    int most =
        IntStream.range(0, RING.partitions()).map(p -> plan.holders(p).size()).max().orElseThrow();
    for (int p = 0; p < RING.partitions(); p++) {
      Replication from = next.from().replication(p);
      assertThat(from).isEqualTo(new Replication(most, most, most));
      assertThat(next.from().of(p))
          .containsAll(plan.holders(p))
          .doesNotContainAnyElementsOf(plan.dead());
      assertThat(next.to().of(p)).noneMatch(Vacancy::is).doesNotContainAnyElementsOf(plan.dead());
      assertThat(plan.holders(p))
          .isNotEmpty()
          .isSubsetOf(next.placement(p).readSets().getFirst().nodes());
    }
    assertThat(next.members().isLost(new NodeId(2))).isTrue();
    assertThat(next.voters().nodes()).doesNotContainAnyElementsOf(plan.dead());
  }

  @Test
  void a_lone_node_is_left_with_one_copy_at_rest() {
    Layout next = new RescuePlan(layout(3), dead(1, 3)).next(NEXT);
    assertThat(next.joint()).isFalse();
    assertThat(next.to().classes()).containsExactly(Replication.majority(1));
    assertThat(next.to().holders()).containsExactly(new NodeId(2));
    assertThat(next.members().wishes()).containsExactly(Replication.DEFAULT);
  }

  @Test
  void partitions_that_nobody_is_left_of_are_told() {
    Layout layout = layout(5);
    var plan = new RescuePlan(layout, dead(1, 2, 3));
    assertThat(plan.gone().cardinality())
        .isEqualTo(
            (int)
                IntStream.range(0, RING.partitions())
                    .filter(p -> plan.dead().containsAll(layout.to().of(p)))
                    .count())
        .isPositive();
  }

  @Test
  void a_rescue_is_needless_while_quorums_are_left() {
    assertThat(new RescuePlan(layout(3), dead(2)).needless()).contains("rondo node lose");
    assertThat(new RescuePlan(layout(5), dead(2)).needless()).contains("rondo node lose");
  }

  @Test
  void nobody_left_is_refused() {
    assertThatThrownBy(() -> new RescuePlan(layout(3), dead(1, 2, 3)).next(NEXT))
        .hasMessageContaining("would leave nobody");
  }

  @Test
  void a_life_outranks_all_epochs_of_the_one_before_and_is_kept_as_bytes() {
    assertThat(NEXT.number()).isEqualTo(2);
    assertThat(NEXT.firstEpoch()).isGreaterThan(1_000_000);
    assertThat(NEXT.after(0, 0, 0).firstEpoch()).isGreaterThan(NEXT.firstEpoch() + 500_000);
    Layout next = new RescuePlan(layout(5), dead(2, 4)).next(NEXT);
    assertThat(next.epoch()).isEqualTo(NEXT.firstEpoch());
    assertThat(LayoutCodec.decode(LayoutCodec.encode(next))).isEqualTo(next);
    Layout settled = next.settled();
    assertThat(settled.life()).isEqualTo(NEXT);
    assertThat(LayoutCodec.decode(LayoutCodec.encode(settled))).isEqualTo(settled);
    assertThat(LayoutCodec.decode(LayoutCodec.encode(layout(3))).life())
        .isEqualTo(ClusterLife.FIRST);
  }

  @Test
  void lives_come_to_an_end_in_words() {
    ClusterLife life = ClusterLife.FIRST;
    for (int i = 0; i < 2047; i++) {
      life = life.after(ClusterLife.CHANCES - 1, 0, 0);
      assertThat(Math.toIntExact(life.firstEpoch())).isPositive();
    }
    ClusterLife last = life;
    assertThatThrownBy(() -> last.after(0, 0, 0)).hasMessageContaining("more than 2048 times");
  }
}
