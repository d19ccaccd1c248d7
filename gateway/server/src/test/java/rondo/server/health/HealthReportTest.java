package rondo.server.health;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.layout.Redundancy;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;

final class HealthReportTest {
  private static final HealthReason LOST =
      new HealthReason(HealthQuestion.QUORUM, HealthCause.UNREADABLE, 3, "3 of 16 can't be read.");
  private static final HealthReason MISSING =
      new HealthReason(
          HealthQuestion.WHOLE, HealthCause.CHUNKS_MISSING, 7, "7 chunks are missing.");

  private static Node node(long id, String zone) {
    return new Node(new NodeId(id), zone, 1L << 40, "node-" + id + ":9002", "");
  }

  private static Layout layout(String... zones) {
    @Nullable Layout layout =
        Layout.first("cluster", new Ring(16), node(1, zones[0]), Replication.DEFAULT);
    for (int size = 1; size < zones.length; size++) {
      layout = requireNonNull(layout).next(layout.members().with(node(size + 1, zones[size])));
      while (layout != null && layout.joint()) {
        layout = layout.settled();
      }
    }
    return requireNonNull(layout);
  }

  @Test
  void a_question_is_answered_by_its_own_reasons() {
    var report = new HealthReport(List.of(LOST, MISSING), List.of(), "shedding load");
    assertThat(report.text(HealthQuestion.READY)).isEqualTo("ready, shedding load\n");
    assertThat(report.text(HealthQuestion.LIVE)).isEqualTo("alive\n");
    assertThat(report.text(HealthQuestion.QUORUM)).isEqualTo("3 of 16 can't be read.\n");
    assertThat(report.view().toString()).contains("quorum={good=false", "number=3");
  }

  @Test
  void one_dead_node_of_three_costs_no_quorum_but_a_copy() {
    Layout layout = layout("a", "a", "a");
    QuorumHealth one = QuorumHealth.of(layout, node -> node.value() == 3);
    assertThat(one.lost()).isZero();
    assertThat(one.percent()).isEqualTo(100);
    assertThat(one.reasons(layout, _ -> false))
        .extracting(HealthReason::name)
        .containsExactly("nodes-down");
    assertThat(one.reasons(layout, one.down()::contains)).isEmpty();
    QuorumHealth two = QuorumHealth.of(layout, node -> node.value() > 1);
    assertThat(two.percent()).isZero();
    assertThat(two.reasons(layout, _ -> false))
        .extracting(HealthReason::name)
        .containsExactly("unreadable", "unwritable", "nodes-down");
    assertThat(two.reasons(layout, _ -> false).getFirst().sentence())
        .contains("16 of 16 partitions can't be read", "0-15", "node-2:9002", "node-3:9002");
    assertThat(two.unready(layout, 50).sentence()).contains("16 of 16", "50 %");
  }

  @Test
  void a_node_that_was_removed_and_is_switched_off_is_missed_by_no_one() {
    Layout four = layout("a", "b", "c", "d");
    var removed = new LayoutChange.Remove(new NodeId(4));
    Layout three = requireNonNull(four.next(Redundancy.check(four, List.of(removed)))).settled();
    assertThat(three.node(new NodeId(4))).isNotNull();
    QuorumHealth health = QuorumHealth.of(three, node -> node.value() == 4);
    assertThat(health.down()).isEmpty();
    assertThat(health.reasons(three, _ -> false)).isEmpty();
  }

  @Test
  void some_dead_nodes_of_ten_cost_some_quorums() {
    Layout layout = layout("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    QuorumHealth four = QuorumHealth.of(layout, node -> node.value() > 6);
    assertThat(four.percent()).isBetween(1, 99);
  }

  @Test
  void copies_that_share_a_zone_without_need_are_told() {
    assertThat(ZoneSpread.reasons(layout("a", "a", "a"))).isEmpty();
    assertThat(ZoneSpread.reasons(layout("a", "b", "c"))).isEmpty();
    Layout spread = layout("a", "b", "a");
    assertThat(ZoneSpread.crowded(spread)).isZero();
  }

  @Test
  void each_change_is_logged_once_and_a_passing_one_of_whole_not_at_all() {
    var lines = new ArrayList<String>();
    var log = new HealthLog(lines::add);
    var good = new HealthReport(List.of(), List.of(), "");
    log.note(good);
    log.note(new HealthReport(List.of(LOST), List.of(), ""));
    log.note(new HealthReport(List.of(LOST, MISSING), List.of(), ""));
    log.note(good);
    assertThat(lines)
        .containsExactly("health/quorum: no. 3 of 16 can't be read.", "health/quorum: yes");
    lines.clear();
    for (int i = 0; i < 10; i++) {
      log.note(new HealthReport(List.of(MISSING), List.of(), ""));
    }
    assertThat(lines).containsExactly("health/whole: no. 7 chunks are missing.");
  }

  @Test
  void sets_of_partitions_are_shortened() {
    var set = new BitSet();
    set.set(0, 4);
    set.set(9);
    set.set(11);
    assertThat(PartitionRanges.of(set)).isEqualTo("0-3, 9, 11");
    assertThat(PartitionRanges.of(set, 2)).isEqualTo("0-3, 9, ...");
  }
}
