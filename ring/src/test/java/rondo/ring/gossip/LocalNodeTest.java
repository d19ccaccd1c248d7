package rondo.ring.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.ring.message.NodeState;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;

/** What a node makes of others' knowledge of its own id. */
final class LocalNodeTest {
  private static final NodeId SELF = new NodeId(7);
  private static final Layout ALONE =
      Layout.first(
          "c",
          new Ring(4),
          List.of(new Node(SELF, "z", 1L << 30, "host:1", "")),
          Replication.DEFAULT);

  private final LocalNode local = new LocalNode(SELF, 3, Feature.RELEASE);

  @Test
  void a_node_that_starts_on_an_older_disk_is_a_stranger() {
    local.heard(state(4, 0), 1);
    assertThat(local.isStranger()).isTrue();
    assertThat(local.isCopied()).isFalse();
  }

  @Test
  void a_node_at_work_whose_folder_was_copied_and_started_has_no_older_disk() {
    confirm();
    local.heard(state(4, 0), 1);
    assertThat(local.isStranger()).isTrue();
    assertThat(local.isCopied()).isTrue();
  }

  @Test
  void two_copies_of_one_start_are_told_apart_by_their_rounds() {
    confirm();
    local.heard(state(3, 9), 1);
    assertThat(local.isCopied()).isTrue();
  }

  @Test
  void a_copy_that_was_confirmed_too_early_has_an_older_disk() {
    confirm();
    local.heard(state(2, 900), 1);
    assertThat(local.isCopied()).isFalse();
  }

  @Test
  void an_older_disk_that_is_found_out_stays_one() {
    local.heard(state(4, 0), 1);
    confirm();
    local.heard(state(4, 0), 1);
    assertThat(local.isCopied()).isFalse();
  }

  private void confirm() {
    assertThat(local.state(ALONE, 1, 1, 1).incarnation()).isPositive();
  }

  private static NodeState state(long start, long round) {
    long beat = NodeState.beat(Feature.RELEASE, round);
    return new NodeState(SELF, NodeState.incarnation(start), beat, 1, 1, 1, false);
  }
}
