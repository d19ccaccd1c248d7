package rondo.ring.layout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Names of nodes in layouts: how they are found, kept, and pass from one life to the next. */
final class NodeNamesTest {
  private final Layout layout = grown("rack1-a", "rack1-b", "rack2-a");
  private final NodeNames names = NodeNames.of(layout);

  @Test
  void a_node_is_found_by_its_name_its_id_and_their_unique_beginnings() {
    assertThat(names.find("rack1-b")).isEqualTo(id(2));
    assertThat(names.find("rack2")).isEqualTo(id(3));
    assertThat(names.find("0000000000000001")).isEqualTo(id(1));
    assertThat(names.withIds("drain rack2")).isEqualTo("drain 0000000000000003");
    assertThat(names.withNames("zone 0000000000000003 z x")).isEqualTo("zone rack2-a z x");
    assertThat(names.withIds("copies 3")).isEqualTo("copies 3");
  }

  @Test
  void a_word_for_several_or_no_nodes_is_refused_with_the_names() {
    assertThatThrownBy(() -> names.find("rack1"))
        .hasMessage("'rack1' may be rack1-a, rack1-b: say more of the name");
    assertThatThrownBy(() -> names.find("rock"))
        .hasMessage("there is no node 'rock'; there are rack1-a, rack1-b, rack2-a");
  }

  @Test
  void names_survive_the_encoding_of_a_layout() {
    assertThat(LayoutCodec.decode(LayoutCodec.encode(layout))).isEqualTo(layout);
    assertThat(requireNonNull(layout.node(id(2))).life().number()).isEqualTo(1);
  }

  @Test
  void another_life_gets_exactly_the_seats_of_the_one_before() {
    Layout next = requireNonNull(layout.next(layout.members().with(node(9, "rack1-b"))));

    assertThat(next.joint()).isTrue();
    for (int p = 0; p < next.partitions(); p++) {
      assertThat(next.to().of(p).contains(id(9))).isEqualTo(layout.to().of(p).contains(id(2)));
      assertThat(next.to().of(p).contains(id(1))).isEqualTo(layout.to().of(p).contains(id(1)));
    }
    assertThat(next.members().isLost(id(2))).isTrue();
    assertThat(requireNonNull(next.node(id(9))).life().number()).isEqualTo(2);
    assertThat(next.node(id(2))).isNull();
  }

  @Test
  void orders_about_a_node_hold_for_its_next_life() {
    Members ordered = layout.members().under(LayoutChange.parse("zone 0000000000000002 far"));
    Members after = ordered.with(node(9, "rack1-b"));
    assertThat(requireNonNull(after.node(id(9))).zone()).isEqualTo("far");
  }

  @Test
  void a_life_that_follows_while_the_one_before_still_copies_takes_its_seats() {
    Layout second = requireNonNull(layout.next(layout.members().with(node(8, "rack1-b"))));
    Layout third = requireNonNull(second.next(second.members().with(node(9, "rack1-b"))));

    assertThat(third.joint()).isTrue();
    assertThat(third.from()).isEqualTo(layout.to());
    assertThat(third.to()).isEqualTo(seats(id(9)));
    assertThat(requireNonNull(third.node(id(9))).life().number()).isEqualTo(3);
  }

  @Test
  void a_name_is_one_line_of_letters_and_digits() {
    for (String name : new String[] {"", "a b", "-a", "a/b", "x".repeat(65)}) {
      assertThatThrownBy(() -> Life.of(name, Bytes.EMPTY))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Life.of("ip-10-0-0-1.ec2_internal", Bytes.EMPTY).isNamed()).isTrue();
  }

  private Assignment seats(NodeId of) {
    return layout.to().replacing(java.util.Map.of(id(2), of));
  }

  private static Layout grown(String... all) {
    Layout layout =
        Layout.first("c", new Ring(16), node(1, all[0]), Replication.majority(2))
            .agreeing(Feature.RELEASE);
    for (int i = 1; i < all.length; i++) {
      layout = requireNonNull(layout.next(layout.members().with(node(i + 1, all[i]))));
      while (layout.joint()) {
        layout = layout.settled();
      }
    }
    Layout rest = layout.next(layout.members());
    while (rest != null) {
      layout = rest.joint() ? rest.settled() : rest;
      rest = layout.next(layout.members());
    }
    return layout;
  }

  private static NodeId id(long id) {
    return new NodeId(id);
  }

  private static Node node(long id, String name) {
    return new Node(id(id), Life.of(name, Bytes.EMPTY), "", 1L << 40, "host:" + id, "");
  }
}
