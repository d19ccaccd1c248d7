package rondo.server.backup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.quorum.Round;
import rondo.ring.value.NodeId;
import rondo.server.backup.file.BackupException;
import rondo.store.snapshot.SnapshotMembers;
import rondo.store.system.SystemPorts;

/**
 * Keeps all nodes from dropping chunks until it is closed, and for some minutes more. A node holds
 * by a lease, which is renewed every minute, so that it ends by itself when this node dies.
 */
final class ClusterHold implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterHold.class);
  private static final int LEASE_SECONDS = 300;
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Without a renewal for so long, some node may soon drop chunks. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(240);

  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final BackupCluster cluster;
  private final Mailbox<Boolean> stop = SystemPorts.TASKS.mailbox();
  private volatile long renewedNanos;

  private ClusterHold(BackupCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Has every node hold its chunks.
   *
   * @throws BackupException when too few nodes answer
   */
  static ClusterHold begin(BackupCluster cluster) {
    var hold = new ClusterHold(cluster);
    String why = hold.renew();
    if (!why.isEmpty()) {
      throw new BackupException("chunks can't be kept from being collected: " + why);
    }
    SystemPorts.TASKS.start("hold", hold::run);
    return hold;
  }

  private void run() {
    while (stop.take(SystemPorts.TIME.nanos() + RENEW_NANOS) == null) {
      String why = renew();
      if (!why.isEmpty()) {
        LOG.warn("the hold of chunks isn't renewed: {}", why);
      }
    }
  }

  /**
   * Every chunk is on a write quorum, so one of its holders is among a read quorum of its owners.
   */
  private String renew() {
    SnapshotMembers members = cluster.members();
    var request = new Request.HoldChunks(members.epoch(), LEASE_SECONDS);
    var all = List.of(new ReplicaSet(members.nodes(), members.nodes().size()));
    long beganNanos = SystemPorts.TIME.nanos();
    Round round = cluster.messenger().round(members.epoch(), all, beganNanos + ANSWER_NANOS);
    round.gather(request, _ -> true, Round.Persistence.ALL);
    Set<NodeId> holding = new HashSet<>();
    round
        .replies()
        .forEach((node, reply) -> {
          if (reply instanceof Reply.Done) {
            holding.add(node);
          }
        });
    String why = members.quorums().shortage(holding);
    if (why.isEmpty()) {
      renewedNanos = beganNanos;
    }
    return why;
  }

  /**
   * Checks that chunks are still held.
   *
   * @throws BackupException when they may not be
   */
  void check() {
    if (SystemPorts.TIME.nanos() - renewedNanos > STALE_NANOS) {
      throw new BackupException(
          "too few nodes have confirmed for minutes that they keep chunks: run it again when they"
              + " answer");
    }
  }

  @Override
  public void close() {
    stop.put(true);
  }
}
