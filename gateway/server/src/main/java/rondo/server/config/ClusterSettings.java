package rondo.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Replication;

/**
 * Which cluster a node joins, or how it makes one.
 *
 * @param seeds node ports of members; empty for a node that makes a cluster
 * @param tokenFile needed with {@code seeds}
 * @param expect how many nodes with empty folders must meet before they found a cluster; 0 for none
 * @param found whether the operator has this node found a cluster alone
 * @param rejoin whether a node that was removed, and starts again, joins as a new life of its name
 * @param replicas 0 for 3, or for the number of nodes if that is smaller
 * @param readQuorum 0 for a majority of the replicas
 * @param writeQuorum 0 for a majority of the replicas
 */
public record ClusterSettings(
    List<HostPort> seeds,
    @Nullable Path tokenFile,
    int expect,
    boolean found,
    boolean rejoin,
    int replicas,
    int readQuorum,
    int writeQuorum) {
  /**
   * How many copies a new cluster is to keep.
   *
   * @throws IllegalArgumentException when its quorums would not meet
   */
  public Replication replication() {
    int n = replicas == 0 ? Replication.DEFAULT.n() : replicas;
    Replication majority = Replication.majority(n);
    return new Replication(
        n,
        readQuorum == 0 ? majority.r() : readQuorum,
        writeQuorum == 0 ? majority.w() : writeQuorum);
  }
}
