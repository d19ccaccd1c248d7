package rondo.server.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

@Tag("process")
final class ClusterRepairTest {
  private static final Layout LAYOUT = layout();
  private static final Reply.UnderReplication WHOLE =
      new Reply.UnderReplication(true, Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0, 0);

  private static Layout layout() {
    Layout layout = Layout.first("cluster", new Ring(16), node(1), Replication.DEFAULT);
    while (layout.nodes().size() < 3 || layout.joint()) {
      Layout next = layout.next(layout.members().with(node(layout.nodes().size() + 1)));
      layout = layout.joint() || next == null ? layout.settled() : next;
    }
    return layout;
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "", 1L << 40, "node-" + id, "");
  }

  private static Bytes partitions(int... numbers) {
    var set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return Bytes.wrap(set.toByteArray());
  }

  private static Map<String, Object> view(Map<Integer, Reply.UnderReplication> told) {
    var byNode = new TreeMap<NodeId, Reply.UnderReplication>();
    told.forEach((id, lack) -> byNode.put(new NodeId(id), lack));
    return ClusterRepair.view(LAYOUT, byNode);
  }

  @Test
  void a_cluster_is_whole_when_every_node_says_so() {
    assertThat(view(Map.of(1, WHOLE, 2, WHOLE, 3, WHOLE)))
        .containsEntry("whole", true)
        .containsEntry("partitionsUnderReplicated", 0)
        .containsEntry("partitions", "")
        .containsEntry("secondsLeft", 0L);
  }

  @Test
  void a_partition_counts_once_whoever_says_that_it_lacks_something() {
    var one = new Reply.UnderReplication(false, partitions(1, 2, 3), Bytes.EMPTY, 5, 7, 40, 12);
    var other = new Reply.UnderReplication(false, partitions(3), partitions(9), 1, 0, 90, 3);
    assertThat(view(Map.of(1, one, 2, other, 3, WHOLE)))
        .containsEntry("whole", false)
        .containsEntry("partitionsUnderReplicated", 4)
        .containsEntry("partitions", "1-3, 9")
        .containsEntry("chunksMissing", 6L)
        .containsEntry("hintsWaiting", 7L)
        .containsEntry("oldestSeconds", 90L)
        .containsEntry("secondsLeft", 12L);
  }

  @Test
  void what_a_silent_node_holds_is_not_known_to_be_whole_nor_until_when() {
    assertThat(view(Map.of(1, WHOLE, 3, WHOLE)))
        .containsEntry("whole", false)
        .containsEntry("partitionsUnderReplicated", 16)
        .containsEntry("partitions", "0-15")
        .containsEntry("secondsLeft", "unknown");
  }
}
