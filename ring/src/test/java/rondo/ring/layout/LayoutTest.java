package rondo.ring.layout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rondo.ring.placement.Node;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

final class LayoutTest {
  private static final Ring RING = new Ring(64);
  private static final long TIB = 1L << 40;

  /** {@link #small} in the bytes of programs that knew no classes. */
  private static final String VERSION_2 =
      "02"
          + "0000000000000002"
          + "000163"
          + "00000002"
          + "030202"
          + "00"
          + "00000002"
          + "0000000000000007"
          + "00017a"
          + "0000000000000009"
          + "000161"
          + "0000"
          + "0000000000000008"
          + "0000"
          + "0000000000000009"
          + "000162"
          + "0000"
          + "00000000"
          + "00"
          + "01"
          + "0000000000000002"
          + "00"
          + "010101"
          + "00000001"
          + "0000000000000007"
          + "00000000"
          + "02"
          + "020202"
          + "00000002"
          + "0000000000000007"
          + "0000000000000008"
          + "0000000100000001"
          + "00";

  @Test
  void a_layout_survives_its_encoding() {
    Layout joint = with(grown(3), node(4));
    assertThat(joint.joint()).isTrue();
    assertThat(LayoutCodec.decode(LayoutCodec.encode(joint))).isEqualTo(joint);
    var told = new Introduction(node(7), 3, "0123abcd");
    assertThat(LayoutCodec.decodeIntroduction(LayoutCodec.encode(told))).isEqualTo(told);
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
    Layout joint = with(one, node(2));
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
    Layout joint = with(three, node(4));
    assertThat(joint.fences(Set.of(new NodeId(1))::contains)).isFalse();
    assertThat(joint.fences(Set.of(new NodeId(1), new NodeId(3))::contains)).isTrue();
  }

  @Test
  void a_new_address_moves_nothing() {
    Layout three = grown(3);
    var moved = new Node(new NodeId(2), "", TIB, "10.0.0.9:1", "");
    Layout next = with(three, moved);
    assertThat(next.joint()).isFalse();
    assertThat(next.node(new NodeId(2))).isEqualTo(moved);
    assertThat(next.fences(id -> false)).isTrue();
  }

  @Test
  void a_joint_epoch_is_decided_by_those_who_held_before() {
    Layout one = grown(1);
    Layout joint = with(one, node(2));
    assertThat(joint.voters()).isEqualTo(new ReplicaSet(ids(1), 1));
    assertThat(joint.settled().voters()).isEqualTo(new ReplicaSet(ids(1, 2), 2));
  }

  @Test
  void a_move_to_a_node_that_is_lost_goes_back() {
    Layout joint = with(grown(1), node(2));
    Layout back = after(joint, new LayoutChange.Lose(new NodeId(2)));
    assertThat(back.joint()).isFalse();
    assertThat(back.placement(0).writeSets()).containsExactly(new ReplicaSet(ids(1), 1));
    assertThat(back.previous().placement(0).writeSets())
        .containsExactly(new ReplicaSet(ids(1), 1), new ReplicaSet(ids(1, 2), 2));
    assertThat(LayoutCodec.decode(LayoutCodec.encode(back))).isEqualTo(back);
    assertThat(requireNonNull(back.next(back.tidied())).node(new NodeId(2))).isNull();
    assertThat(back.next(back.members().with(node(2)))).isNull();
  }

  @Test
  void a_move_to_a_node_that_is_lost_goes_to_another_instead() {
    Layout joint = with(with(grown(3), node(4)), node(5));
    assertThat(joint.joint()).isTrue();
    Layout turned = after(joint, new LayoutChange.Lose(new NodeId(4)));
    assertThat(turned.joint()).isTrue();
    assertThat(turned.from()).isEqualTo(joint.from());
    assertThat(turned.since()).isEqualTo(turned.epoch());
    assertThat(turned.to().holders()).containsExactlyElementsOf(ids(1, 2, 3, 5));
    assertThat(turned.previous().placement(3))
        .isEqualTo(at(joint.placement(3), turned.epoch() - 1));
  }

  @Test
  void news_in_the_middle_of_a_move_let_it_go_on_and_wait() {
    Layout joint = with(grown(3), node(4));
    Layout next = with(joint, node(5));
    assertThat(next.joint()).isTrue();
    assertThat(next.to()).isEqualTo(joint.to());
    assertThat(next.since()).isEqualTo(joint.since());
    Layout settled = next.settled();
    assertThat(requireNonNull(settled.next(settled.members())).to().holders()).hasSize(5);
  }

  @Test
  void a_held_move_goes_back_and_waits_for_an_order() {
    Layout joint = with(grown(3), node(4));
    Layout held = after(joint, new LayoutChange.Hold());
    assertThat(held.joint()).isFalse();
    assertThat(held.to()).isEqualTo(joint.from());
    assertThat(held.next(held.members())).isNull();
    Layout again = after(held, new LayoutChange.Add(new NodeId(4)));
    assertThat(again.to()).isEqualTo(joint.to());
  }

  @Test
  void a_node_that_was_drained_stays_and_one_that_was_removed_goes() {
    Layout four = grown(4);
    Layout joint =
        after(
            four,
            new LayoutChange.Remove(new NodeId(1)),
            new LayoutChange.Capacity(new NodeId(2), 0));
    assertThat(joint.tidied().nodes()).hasSize(4);
    Layout settled = joint.settled();
    assertThat(settled.to().holders()).containsExactlyElementsOf(ids(3, 4));
    Layout tidy = requireNonNull(settled.next(settled.tidied()));
    assertThat(tidy.nodes().stream().map(Node::id)).containsExactlyElementsOf(ids(2, 3, 4));
    assertThat(tidy.next(tidy.members().with(node(2)))).isNull();
  }

  @Test
  void orders_that_make_no_sense_are_refused() {
    Layout three = grown(3);
    assertThatThrownBy(() -> after(three, new LayoutChange.Lose(new NodeId(9))))
        .hasMessageContaining("no node 0000000000000009");
    assertThatThrownBy(() -> after(grown(1), new LayoutChange.Remove(new NodeId(1))))
        .hasMessageContaining("nobody to hold anything");
    for (String text :
        List.of("", "drain", "drain x", "zone 1", "capacity 1 much", "copies 3 1 1", "explode 1")) {
      assertThatThrownBy(() -> LayoutChange.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_order_is_what_its_text_says() {
    var id = new NodeId(0xabcL);
    for (LayoutChange order :
        List.of(
            new LayoutChange.Add(id),
            new LayoutChange.Remove(id),
            new LayoutChange.Lose(id),
            new LayoutChange.Zone(id, "rack 7"),
            new LayoutChange.Capacity(id, 12),
            new LayoutChange.Capacity(id, 0),
            new LayoutChange.Copies(new Replication(5, 4, 3)),
            new LayoutChange.CopyClass(new Replication(5, 3, 4)),
            new LayoutChange.Hold())) {
      assertThat(LayoutChange.parse(order.toString())).isEqualTo(order);
    }
  }

  private static Placement at(Placement placement, long epoch) {
    return new Placement(epoch, placement.readSets(), placement.writeSets());
  }

  @Test
  void retained_owners_copy_too_when_the_new_quorum_could_be_all_behind() {
    Layout five = withWish(grown(5), Replication.majority(5));
    Layout three = after(five, new LayoutChange.Copies(Replication.majority(3)));
    assertThat(three.copies(new NodeId(1)).cardinality())
        .isEqualTo(three.to().heldBy(new NodeId(1)).cardinality());
  }

  @Test
  void the_last_owner_copies_what_it_missed_while_there_were_more() {
    Layout two = after(grown(3), new LayoutChange.Capacity(new NodeId(2), 0)).settled();
    assertThat(two.placement(0).writeSets()).containsExactly(new ReplicaSet(ids(1, 3), 2));
    Layout one = after(two, new LayoutChange.Copies(Replication.majority(1)));
    for (NodeId owner : ids(1, 3)) {
      assertThat(one.copies(owner)).isEqualTo(one.to().heldBy(owner));
    }
  }

  @Test
  void settings_under_which_quorums_miss_each_other_are_refused() {
    assertThatThrownBy(() -> new Replication(3, 1, 2)).hasMessageContaining("R + W must exceed N");
    assertThatThrownBy(() -> new Replication(4, 3, 2)).hasMessageContaining("majority");
  }

  @Test
  void the_drawing_shows_zones_bars_and_moves() {
    Layout two = grown(2);
    Layout joint = with(two, node(3));
    assertThat(RingDrawing.draw(joint, id -> id.value() == 2 ? "down" : ""))
        .contains("N=3 R=2 W=2", "moving", "zone (none)", "1.0 TiB", "████", "+64 -0", "-0  down")
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

  @Test
  void a_class_is_there_at_once_and_moves_nothing() {
    Layout three = grown(3);
    Layout next = after(three, new LayoutChange.CopyClass(Replication.majority(1)));
    assertThat(next.joint()).isFalse();
    assertThat(next.fences(id -> false)).isTrue();
    assertThat(next.partitions()).isEqualTo(128);
    for (int p = 0; p < 64; p++) {
      assertThat(next.placement(p)).isEqualTo(at(three.placement(p), next.epoch()));
      assertThat(next.placement(64 + p).writeSets().getFirst().nodes()).hasSize(1);
      assertThat(next.previous().placement(64 + p))
          .isEqualTo(at(next.placement(64 + p), three.epoch()));
    }
    assertThat(next.beyond(70)).hasSize(2);
    assertThat(LayoutCodec.decode(LayoutCodec.encode(next))).isEqualTo(next);
    assertThat(next.members().classOf(1)).isEqualTo(1);
    assertThat(next.members().classOf(3)).isZero();
    assertThat(next.next(next.members())).isNull();
    assertThat(three.placement(64).writeSets().getFirst().nodes())
        .doesNotContainAnyElementsOf(ids(1, 2, 3));
    assertThat(three.beyond(64)).isEmpty();
  }

  @Test
  void a_class_that_comes_in_the_middle_of_a_move_is_there_at_once_and_follows() {
    Layout joint = with(grown(3), node(4));
    Layout next = after(joint, new LayoutChange.CopyClass(Replication.majority(5)));
    assertThat(next.joint()).isTrue();
    assertThat(next.since()).isEqualTo(joint.since());
    assertThat(next.voters()).isEqualTo(joint.voters());
    assertThat(next.placement(64).writeSets()).containsExactly(new ReplicaSet(ids(1, 2, 3), 2));
    assertThat(next.copies(new NodeId(4))).isEqualTo(joint.copies(new NodeId(4)));
    Layout settled = next.settled();
    Layout wider = requireNonNull(settled.next(settled.members()));
    assertThat(wider.placement(64).writeSets())
        .containsExactly(new ReplicaSet(ids(1, 2, 3), 2), new ReplicaSet(ids(1, 2, 3, 4), 3));
    assertThat(LayoutCodec.decode(LayoutCodec.encode(wider))).isEqualTo(wider);
    Layout back = after(next, new LayoutChange.Lose(new NodeId(4)));
    assertThat(back.placement(64).writeSets()).containsExactly(new ReplicaSet(ids(1, 2, 3), 2));
  }

  @Test
  void an_order_for_a_class_that_is_there_changes_its_quorums() {
    Layout three = after(grown(3), new LayoutChange.CopyClass(new Replication(3, 2, 2)));
    Layout next = after(three, new LayoutChange.CopyClass(new Replication(3, 1, 3)));
    assertThat(next.partitions()).isEqualTo(128);
    assertThat(next.joint()).isTrue();
    assertThat(next.settled().placement(64).writeSets())
        .containsExactly(new ReplicaSet(ids(1, 2, 3), 3));
    assertThat(next.settled().placement(0)).isEqualTo(at(three.placement(0), next.epoch() + 1));
  }

  @Test
  void more_classes_than_keys_can_name_are_refused() {
    Members members = grown(1).members();
    for (int n = 1; n < Ring.MOST_CLASSES; n++) {
      members = members.under(new LayoutChange.CopyClass(Replication.majority(n)));
    }
    Members full = members;
    assertThat(full.under(new LayoutChange.CopyClass(Replication.majority(2)))).isEqualTo(full);
    assertThatThrownBy(() -> full.under(new LayoutChange.CopyClass(Replication.majority(9))))
        .hasMessageContaining("7 classes");
  }

  @Test
  void a_layout_without_classes_is_written_as_older_programs_read_it() {
    assertThat(LayoutCodec.encode(grown(3)).at(0)).isEqualTo((byte) 2);
    var written = HexFormat.of().parseHex(VERSION_2);
    assertThat(LayoutCodec.decode(Bytes.wrap(written))).isEqualTo(small());
    assertThat(LayoutCodec.encode(small())).isEqualTo(Bytes.wrap(written));
  }

  @Test
  void once_all_members_know_a_release_older_programs_are_told_so_by_the_version() {
    Layout three = grown(3);
    assertThat(three.members().knows(Feature.AGREED_RELEASE)).isFalse();
    Layout agreed = requireNonNull(three.next(three.members().agreeing(1)));
    assertThat(agreed.joint()).isFalse();
    assertThat(agreed.members().knows(Feature.AGREED_RELEASE)).isTrue();
    assertThat(agreed.members().agreeing(0)).isEqualTo(agreed.members());
    assertThat(LayoutCodec.encode(agreed).at(0)).isEqualTo((byte) 4);
    assertThat(LayoutCodec.decode(LayoutCodec.encode(agreed))).isEqualTo(agreed);
  }

  @Test
  void a_node_of_an_older_program_announces_no_release() {
    Bytes told = LayoutCodec.encode(new Introduction(node(7), 3, ""));
    Bytes older = told.slice(0, told.length() - 4 - 11 - 2);
    assertThat(LayoutCodec.decodeIntroduction(older)).isEqualTo(new Introduction(node(7), 0, ""));
  }

  private static Layout small() {
    var one =
        Layout.first(
            "c", new Ring(2), new Node(new NodeId(7), "z", 9, "a", ""), Replication.DEFAULT);
    return with(one, new Node(new NodeId(8), "", 9, "b", ""));
  }

  @Test
  void a_key_is_of_the_class_that_it_names_and_others_stay_where_they_were() {
    Bytes id = Bytes.wrap(new byte[16]);
    assertThat(Ring.ofClass(0, id)).isEqualTo(id);
    int at = RING.partitionOf(id);
    assertThat(at).isLessThan(64);
    for (int c = 1; c < Ring.MOST_CLASSES; c++) {
      assertThat(Ring.classOf(Ring.ofClass(c, id))).isEqualTo(c);
      assertThat(RING.partitionOf(Ring.ofClass(c, id))).isBetween(64 * c, 64 * c + 63);
    }
    for (String text : List.of("", "buckets", "a name of 17 byte", "and another one of 20")) {
      assertThat(Ring.classOf(Bytes.utf8(text))).as(text).isZero();
    }
    byte[] chunk = new byte[20];
    chunk[17] = 5;
    assertThat(Ring.classOf(Bytes.wrap(chunk.clone()))).isZero();
    chunk[16] = 3;
    assertThat(Ring.classOf(Bytes.wrap(chunk.clone()))).isEqualTo(3);
    chunk[16] = Ring.MOST_CLASSES;
    assertThat(Ring.classOf(Bytes.wrap(chunk.clone()))).isZero();
  }

  private static Layout withWish(Layout layout, Replication wish) {
    Layout joint = after(layout, new LayoutChange.Copies(wish));
    return joint.joint() ? joint.settled() : joint;
  }

  private static Layout with(Layout layout, Node node) {
    return requireNonNull(layout.next(layout.members().with(node)));
  }

  private static Layout after(Layout layout, LayoutChange... orders) {
    return requireNonNull(layout.next(layout.members().under(List.of(orders))));
  }

  static Layout grown(int nodes) {
    Layout layout = Layout.first("test", RING, node(1), Replication.DEFAULT);
    for (int i = 2; i <= nodes; i++) {
      layout = with(layout, node(i));
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
