package rondo.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;
import rondo.server.backup.file.BackupException;

/** No request of a backup goes to a cluster with a member that may not understand it. */
final class BackupClusterTest {
  private final Layout older = Layout.first("c", new Ring(4), node(1), Replication.DEFAULT);

  @Test
  void a_cluster_with_an_older_program_is_not_backed_up() {
    assertThatThrownBy(() -> BackupCluster.members(older))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("upgrade and start all nodes");
  }

  @Test
  void a_cluster_whose_members_all_know_backups_is() {
    Layout agreed = older.agreeing(Feature.BACKUP.since());
    assertThat(BackupCluster.members(agreed).nodes()).isEqualTo(List.of(new NodeId(1)));
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "host", 1, "", "");
  }
}
