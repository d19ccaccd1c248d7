package rondo.server.admin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.Redundancy;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;
import rondo.server.order.Absences;

final class NodeStopTest {
  private static final NodeId FIRST = id(1);

  @Test
  void a_node_may_stop_while_every_quorum_holds_without_it() {
    assertThat(broken(cluster(3))).isZero();
    assertThat(broken(cluster(3), id(2))).isEqualTo(16);
    assertThat(broken(cluster(1))).isEqualTo(16);
    assertThat(broken(cluster(5), id(2), id(3))).isPositive();
  }

  @Test
  void a_seat_without_a_node_is_as_good_as_a_node_that_is_down() {
    Layout three = cluster(3);
    List<LayoutChange> lost =
        List.of(new LayoutChange.Lose(id(3)), new LayoutChange.UnderReplicated());
    Layout two = requireNonNull(three.next(Redundancy.check(three, lost)));
    assertThat(broken(two.joint() ? two.settled() : two)).isEqualTo(16);
  }

  @Test
  void orders_name_nodes_by_the_beginning_of_their_ids() {
    NodeNames names = NodeNames.of(cluster(2));
    assertThat(names.withIds("drain 1ab1")).isEqualTo("drain 1ab1000000000001");
    assertThat(names.withIds("zone 1ab2 a b")).isEqualTo("zone 1ab2000000000002 a b");
    assertThat(names.withIds("add 0000000000000009")).isEqualTo("add 0000000000000009");
    assertThat(names.withIds("copies 2")).isEqualTo("copies 2");
    assertThatThrownBy(() -> names.withIds("lose 1ab"))
        .hasMessage("'1ab' may be 1ab1000000000001, 1ab2000000000002: say more of the name");
    assertThatThrownBy(() -> names.withIds("lose one")).hasMessageContaining("there are 1ab1");
  }

  private static long broken(Layout layout, NodeId... down) {
    return Absences.broken(layout, FIRST, List.of(down)::contains);
  }

  private static Layout cluster(int nodes) {
    var layout = Layout.first("c", new Ring(16), node(1), Replication.DEFAULT).agreeing(1);
    for (int i = 2; i <= nodes; i++) {
      Layout next = requireNonNull(layout.next(layout.members().with(node(i))));
      layout = next.joint() ? next.settled() : next;
    }
    return layout;
  }

  private static NodeId id(long n) {
    return new NodeId(0x1ab0000000000000L + (n << 48) + n);
  }

  private static Node node(long n) {
    return new Node(id(n), "z" + n, 1 << 30, "", "");
  }
}
