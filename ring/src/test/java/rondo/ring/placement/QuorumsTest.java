package rondo.ring.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import rondo.ring.value.NodeId;

final class QuorumsTest {
  private static Placement layout(int n, int r, int w) {
    List<NodeId> nodes = LongStream.range(0, n).mapToObj(NodeId::new).toList();
    return new Placement(7, List.of(new ReplicaSet(nodes, r)), List.of(new ReplicaSet(nodes, w)));
  }

  @Test
  void a_set_is_asked_for_more_and_never_for_less() {
    assertThat(new Quorums(3, 2).of(layout(5, 2, 4))).isEqualTo(layout(5, 3, 4));
    assertThat(Quorums.OF_LAYOUT.of(layout(5, 2, 4))).isEqualTo(layout(5, 2, 4));
  }

  @Test
  void a_small_set_is_asked_for_all_it_has() {
    assertThat(new Quorums(9, 9).of(layout(2, 2, 2))).isEqualTo(layout(2, 2, 2));
    assertThat(new Quorums(9, 1).of(layout(3, 2, 2))).isEqualTo(layout(3, 3, 2));
  }

  @Test
  void whoever_asks_for_whatever_meets_whoever_asks_for_anything_else() {
    for (int n = 1; n <= 7; n++) {
      for (int r = 1; r <= n; r++) {
        for (int w = Math.max(n - r, n / 2) + 1; w <= n; w++) {
          meets(n, new Replication(n, r, w));
        }
      }
    }
  }

  private static void meets(int n, Replication of) {
    Placement layout = layout(n, of.r(), of.w());
    for (int one = 1; one <= n; one++) {
      for (int other = 1; other <= n; other++) {
        int r = new Quorums(one, 1).of(layout).readSets().getFirst().needed();
        int w = new Quorums(1, other).of(layout).writeSets().getFirst().needed();
        int of2 = new Quorums(1, one).of(layout).writeSets().getFirst().needed();
        assertThat(r + w).as("a read and a write").isGreaterThan(n);
        assertThat(w + of2).as("two writes").isGreaterThan(n);
        assertThat(Math.min(r, w)).as("what a fence counts on").isGreaterThan(of.spare());
      }
    }
  }

  @Test
  void none_is_no_quorum() {
    assertThatThrownBy(() -> new Quorums(0, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
