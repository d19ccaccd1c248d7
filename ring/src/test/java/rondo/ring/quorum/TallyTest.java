package rondo.ring.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

final class TallyTest {
  private static final NodeId A = new NodeId(1);
  private static final NodeId B = new NodeId(2);
  private static final NodeId C = new NodeId(3);
  private static final NodeId D = new NodeId(4);

  private final Tally joint =
      new Tally(List.of(new ReplicaSet(List.of(A, B, C), 2), new ReplicaSet(List.of(B, C, D), 2)));

  @Test
  void every_node_is_asked_once() {
    assertThat(joint.nodes()).containsExactly(A, B, C, D);
  }

  @Test
  void a_quorum_is_needed_in_each_set() {
    joint.yes(A);
    joint.yes(B);
    assertThat(joint.reached()).isFalse();
    joint.yes(D);
    assertThat(joint.reached()).isTrue();
  }

  @Test
  void one_set_that_cannot_be_had_is_enough_to_fail() {
    joint.yes(A);
    joint.no(D);
    assertThat(joint.impossible()).isFalse();
    joint.no(C);
    assertThat(joint.impossible()).isTrue();
  }

  @Test
  void a_yes_outweighs_a_no() {
    joint.no(B);
    joint.yes(B);
    joint.no(B);
    assertThat(joint.saidYes(B)).isTrue();
  }
}
