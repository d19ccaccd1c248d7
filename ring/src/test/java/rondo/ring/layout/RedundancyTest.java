package rondo.ring.layout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.placement.Node;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

final class RedundancyTest {
  private static final LayoutChange FORCED = new LayoutChange.UnderReplicated();
  private static final LayoutChange LOSE_3 = new LayoutChange.Lose(new NodeId(3));
  private static final LayoutChange DRAIN_3 = new LayoutChange.Capacity(new NodeId(3), 0);
  private static final LayoutChange TWO_COPIES = new LayoutChange.Copies(Replication.majority(2));

  @Test
  void the_third_of_three_nodes_can_be_neither_drained_nor_lost_by_the_way() {
    for (LayoutChange order : List.of(LOSE_3, DRAIN_3, new LayoutChange.Remove(new NodeId(3)))) {
      assertThatThrownBy(() -> Redundancy.check(cluster(3), List.of(order)))
          .hasMessage(
              "that would leave 2 nodes for 3 copies, each on a node of its own. To have 2 copies"
                  + " from now on, order 'copies 2' along with it. With --under-replicated it is"
                  + " done all the same; add a node first to avoid that.");
    }
  }

  @Test
  void a_lost_seat_stays_vacant_until_a_node_comes() {
    Layout two = settled(after(cluster(3), LOSE_3, FORCED));
    assertThat(two.to().classes()).containsExactly(Replication.DEFAULT);
    assertThat(two.to().vacancies()).isEqualTo(1);
    ReplicaSet writes = two.placement(0).writeSets().getFirst();
    assertThat(writes.needed()).isEqualTo(2);
    assertThat(writes.nodes()).hasSize(3).filteredOn(Vacancy::is).hasSize(1);
    assertThat(two.voters().needed()).isEqualTo(2);
    assertThat(LayoutCodec.decode(LayoutCodec.encode(two))).isEqualTo(two);

    Layout joining = requireNonNull(two.next(two.members().with(node(4))));
    assertThat(joining.copies(new NodeId(4)).cardinality()).isEqualTo(16);
    Layout three = settled(joining);
    assertThat(three.to().vacancies()).isZero();
    assertThat(three.to().holders()).containsExactly(new NodeId(1), new NodeId(2), new NodeId(4));
  }

  @Test
  void with_fewer_copies_ordered_nothing_is_vacant() {
    Layout two = settled(after(cluster(3), LOSE_3, TWO_COPIES));
    assertThat(two.to().classes()).containsExactly(Replication.majority(2));
    assertThat(two.to().vacancies()).isZero();
  }

  @Test
  void nothing_is_ordered_below_a_quorum() {
    Layout two = settled(after(cluster(3), LOSE_3, FORCED));
    LayoutChange drain2 = new LayoutChange.Capacity(new NodeId(2), 0);
    assertThatThrownBy(() -> Redundancy.check(two, List.of(drain2, FORCED)))
        .hasMessageContaining("1 node for 3 copies, fewer than the 2 that a quorum needs");
    LayoutChange lose2 = new LayoutChange.Lose(new NodeId(2));
    assertThatThrownBy(() -> Redundancy.check(two, List.of(lose2, FORCED)))
        .hasMessageContaining("too few to go on from");
  }

  @Test
  void a_laptop_has_one_copy_and_lacks_none() {
    Layout one = cluster(1);
    assertThat(one.to().classes()).containsExactly(Replication.majority(1));
    assertThat(one.to().vacancies()).isZero();
    Layout zone = after(one, new LayoutChange.Zone(new NodeId(1), "attic"));
    assertThat(zone.to().classes()).containsExactly(Replication.majority(1));
  }

  @Test
  void a_node_that_comes_back_without_a_disk_leaves_its_seat_vacant() {
    Layout three = cluster(3);
    Layout two = settled(requireNonNull(three.next(three.members().with(node(3).withCapacity(0)))));
    assertThat(two.to().classes()).containsExactly(Replication.DEFAULT);
    assertThat(two.to().vacancies()).isEqualTo(1);
  }

  @Test
  void a_joiner_that_is_lost_before_it_has_copied_takes_no_seat_along() {
    Layout joining = requireNonNull(cluster(2).next(cluster(2).members().with(node(3))));
    assertThat(joining.joint()).isTrue();
    Layout back = after(joining, LOSE_3);
    assertThat(back.to().classes()).containsExactly(Replication.majority(2));
    assertThatThrownBy(() -> Redundancy.check(joining, List.of(DRAIN_3)))
        .hasMessageContaining("2 nodes for 3 copies");
  }

  @Test
  void zones_are_not_given_up_by_the_way_either() {
    Layout four = with(cluster(3), new Node(new NodeId(4), "z2", 1 << 30, "", ""));
    assertThatThrownBy(() -> Redundancy.check(four, List.of(DRAIN_3)))
        .hasMessageContaining("2 of 3 zones for 3 copies");
    assertThat(Redundancy.check(four, List.of(DRAIN_3, FORCED)).storage()).hasSize(3);
    LayoutChange drain4 = new LayoutChange.Capacity(new NodeId(4), 0);
    assertThat(Redundancy.check(four, List.of(drain4)).storage()).hasSize(3);
  }

  @Test
  void while_a_member_runs_an_older_program_no_seat_becomes_vacant() {
    Layout older = grown(Layout.first("c", ring(), node(1), Replication.DEFAULT), 3);
    assertThatThrownBy(() -> Redundancy.check(older, List.of(DRAIN_3, FORCED)))
        .hasMessageContaining("upgrade them first");
    assertThatThrownBy(() -> Redundancy.check(older, List.of(DRAIN_3)))
        .hasMessageContaining("2 nodes for 3 copies");
  }

  @Test
  void a_plan_says_what_one_more_failure_would_mean() {
    assertThat(plan(cluster(3), LOSE_3, FORCED))
        .contains(
            "N=3 R=2 W=2 as before",
            "1 of 3 copies would have no node, until one joins",
            "one node more that fails would stop reads and writes of 16 of 16 partitions");
    assertThat(plan(cluster(3), LOSE_3, TWO_COPIES))
        .contains(
            "N=2 R=2 W=2, from N=3 R=2 W=2",
            "one node more that fails would stop reads and writes of 16 of 16 partitions");
    assertThat(plan(cluster(4), LOSE_3))
        .contains("one node more could fail, and everything could still be read and written");
    Layout two = with(cluster(2), new Node(new NodeId(3), "z1", 1 << 30, "", ""));
    assertThat(plan(two, new LayoutChange.Capacity(new NodeId(2), 1 << 30)))
        .contains("the failure of zone z1 would stop reads and writes of 16 of 16 partitions");
  }

  private static String plan(Layout layout, LayoutChange... changes) {
    Members wanted = Redundancy.check(layout, List.of(changes));
    return LayoutPlan.of(layout, wanted).draw(0, 1);
  }

  private static Ring ring() {
    return new Ring(16);
  }

  private static Layout cluster(int nodes) {
    return grown(Layout.first("c", ring(), node(1), Replication.DEFAULT).agreeing(1), nodes);
  }

  private static Layout grown(Layout one, int nodes) {
    Layout layout = one;
    for (int i = 2; i <= nodes; i++) {
      layout = with(layout, node(i));
    }
    return layout;
  }

  private static Layout with(Layout layout, Node node) {
    return settled(requireNonNull(layout.next(layout.members().with(node))));
  }

  private static Layout after(Layout layout, LayoutChange... changes) {
    return requireNonNull(layout.next(Redundancy.check(layout, List.of(changes))));
  }

  private static Layout settled(Layout layout) {
    return layout.joint() ? layout.settled() : layout;
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "z" + id, 1 << 30, "", "");
  }
}
