package rondo.ring.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rondo.ring.register.Bytes;

final class LayoutTest {
  private static final Ring RING = new Ring(64);
  private static final long TIB = 1L << 40;

  @Test
  void a_layout_survives_its_encoding() {
    Layout joint = grown(3).change(grown(3).with(node(4)), Replication.DEFAULT);
    assertThat(joint.joint()).isTrue();
    assertThat(LayoutCodec.decode(LayoutCodec.encode(joint))).isEqualTo(joint);
    assertThat(LayoutCodec.decodeNode(LayoutCodec.encode(node(7)))).isEqualTo(node(7));
  }

  @Test
  void bytes_that_are_no_layout_are_refused() {
    Bytes good = LayoutCodec.encode(grown(2));
    for (int length = 0; length < good.length(); length += 7) {
      Bytes cut = good.slice(0, length);
      assertThatThrownBy(() -> LayoutCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_first_node_holds_everything_once() {
    Layout first = grown(1);
    assertThat(first.placement(5))
        .isEqualTo(
            new Placement(
                1, List.of(new ReplicaSet(ids(1), 1)), List.of(new ReplicaSet(ids(1), 1))));
    assertThat(first.fences(id -> false)).isTrue();
  }

  @Test
  void a_second_node_makes_two_copies_through_a_joint_epoch() {
    Layout one = grown(1);
    Layout joint = one.change(one.with(node(2)), Replication.DEFAULT);
    assertThat(joint.placement(0))
        .isEqualTo(
            new Placement(
                2,
                List.of(new ReplicaSet(ids(1), 1)),
                List.of(new ReplicaSet(ids(1), 1), new ReplicaSet(ids(1, 2), 2))));
    assertThat(joint.copiers()).containsExactly(new NodeId(2));
    assertThat(joint.copies(new NodeId(2)).cardinality()).isEqualTo(64);
    assertThat(joint.settled().placement(0).readSets())
        .containsExactly(new ReplicaSet(ids(1, 2), 2));
  }

  @Test
  void an_epoch_fences_the_one_before_when_no_old_quorum_lacks_it() {
    Layout three = grown(3);
    Layout joint = three.change(three.with(node(4)), Replication.DEFAULT);
    assertThat(joint.fences(Set.of(new NodeId(1))::contains)).isFalse();
    assertThat(joint.fences(Set.of(new NodeId(1), new NodeId(3))::contains)).isTrue();
  }

  @Test
  void a_new_address_moves_nothing() {
    Layout three = grown(3);
    var moved = new Node(new NodeId(2), "", TIB, "10.0.0.9:1", "");
    Layout next = three.change(three.with(moved), Replication.DEFAULT);
    assertThat(next.joint()).isFalse();
    assertThat(next.node(new NodeId(2))).isEqualTo(moved);
    assertThat(next.fences(id -> false)).isTrue();
  }

  @Test
  void retained_owners_copy_too_when_the_new_quorum_could_be_all_behind() {
    Layout five = withWish(grown(5), Replication.majority(5));
    Layout three = five.change(five.nodes(), Replication.majority(3));
    assertThat(three.copies(new NodeId(1)).cardinality())
        .isEqualTo(three.to().heldBy(new NodeId(1)).cardinality());
  }

  @Test
  void settings_under_which_quorums_miss_each_other_are_refused() {
    assertThatThrownBy(() -> new Replication(3, 1, 2)).hasMessageContaining("R + W must exceed N");
    assertThatThrownBy(() -> new Replication(4, 3, 2)).hasMessageContaining("majority");
  }

  @Test
  void the_drawing_shows_zones_bars_and_moves() {
    Layout two = grown(2);
    Layout joint = two.change(two.with(node(3)), Replication.DEFAULT);
    assertThat(RingDrawing.draw(joint))
        .contains("N=3 R=2 W=2", "moving", "zone (none)", "1.0 TiB", "████", "+64 -0")
        .contains("64 of 192 partition copies move");
  }

  @Test
  void partitions_are_hit_evenly() {
    int[] hits = new int[RING.partitions()];
    for (int i = 0; i < 64_000; i++) {
      hits[RING.partitionOf(Bytes.utf8("key " + i))]++;
    }
    assertThat(java.util.Arrays.stream(hits)).allMatch(hit -> hit > 800 && hit < 1200);
  }

  private static Layout withWish(Layout layout, Replication wish) {
    Layout joint = layout.change(layout.nodes(), wish);
    return joint.joint() ? joint.settled() : joint;
  }

  static Layout grown(int nodes) {
    Layout layout = Layout.first("test", RING, node(1), Replication.DEFAULT);
    for (int i = 2; i <= nodes; i++) {
      layout = layout.change(layout.with(node(i)), Replication.DEFAULT);
      layout = layout.joint() ? layout.settled() : layout;
    }
    return layout;
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "", TIB, "127.0.0.1:" + id, "");
  }

  private static List<NodeId> ids(long... ids) {
    return java.util.Arrays.stream(ids).mapToObj(NodeId::new).toList();
  }
}
