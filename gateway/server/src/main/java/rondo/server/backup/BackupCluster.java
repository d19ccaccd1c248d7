package rondo.server.backup;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.NodeId;
import rondo.s3.encryption.MasterKeyring;
import rondo.server.backup.file.BackupException;
import rondo.store.Store;
import rondo.store.snapshot.SnapshotMembers;

/**
 * The cluster, as its backups and restores use it. Thread-safe.
 *
 * @param layouts returns the newest layout of this node; null before the first
 * @param keyring the master keys of this node; null on a node that isn't a gateway
 * @param scratch a folder of this node for small files
 */
public record BackupCluster(
    Store store,
    Supplier<@Nullable Layout> layouts,
    Messenger messenger,
    @Nullable MasterKeyring keyring,
    Path scratch) {
  /**
   * The newest layout.
   *
   * @throws BackupException before the node has one
   */
  Layout layout() {
    Layout layout = layouts.get();
    if (layout == null) {
      throw new BackupException("this node has no cluster yet");
    }
    return layout;
  }

  MasterKeyring keys() {
    if (keyring == null) {
      throw new BackupException("this node has no master keys: ask a gateway");
    }
    return keyring;
  }

  /**
   * The nodes of the newest layout, and which of them are enough.
   *
   * @throws BackupException while a member may have an older program, which would misunderstand the
   *     requests of a backup
   */
  SnapshotMembers members() {
    return members(layout());
  }

  static SnapshotMembers members(Layout layout) {
    if (!layout.members().knows(Feature.BACKUP)) {
      throw new BackupException(
          "some nodes ran an older program, which knows no backups: upgrade and start all nodes,"
              + " and order it again");
    }
    List<NodeId> nodes = layout.nodes().stream().map(Node::id).toList();
    return new SnapshotMembers(layout.epoch(), nodes, some -> shortage(layout, some));
  }

  private static String shortage(Layout layout, Set<NodeId> some) {
    var lacking = new BitSet();
    Set<ReplicaSet> enough = new HashSet<>();
    for (int partition = 0; partition < layout.partitions(); partition++) {
      for (ReplicaSet set : layout.placement(partition).readSets()) {
        if (!enough.contains(set)
            && set.nodes().stream().filter(some::contains).count() < set.needed()) {
          lacking.set(partition);
        } else {
          enough.add(set);
        }
      }
    }
    return lacking.isEmpty()
        ? ""
        : "%d of %d nodes take part, and %d of %d partitions have no quorum among them"
            .formatted(
                some.size(), layout.nodes().size(), lacking.cardinality(), layout.partitions());
  }
}
