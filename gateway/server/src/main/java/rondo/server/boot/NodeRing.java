package rondo.server.boot;

import static rondo.store.system.SystemPorts.CHANCE;
import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.time.Duration;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.hint.SloppyQuorum;
import rondo.ring.membership.Membership;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.placement.Node;
import rondo.ring.port.NodePorts;
import rondo.ring.value.NodeId;
import rondo.server.config.ClusterSettings;
import rondo.server.config.HostPort;
import rondo.server.link.LeaseRevocation;
import rondo.server.link.NodeLinks;
import rondo.server.process.ClosingStack;
import rondo.server.repair.NodeRepair;
import rondo.server.storage.NodeName;
import rondo.server.storage.NodeStorage;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.store.bucket.BucketLeases;
import rondo.store.chunk.ChunkMover;
import rondo.store.system.RunningTasks;

/**
 * A node's part in the ring: its rows, its membership, the repair of its copies, and the
 * coordinator of its clients' requests.
 *
 * @param leases of the buckets that this node's gateway has read
 * @param tasks the membership's tasks
 */
record NodeRing(
    LayoutKeeper layouts,
    NodeReplica rows,
    Membership membership,
    Coordinator coordinator,
    NodeRepair repair,
    BucketLeases leases,
    RunningTasks tasks) {
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Makes the parts, and lets them answer requests. {@link #start} starts their background work.
   */
  static NodeRing open(NodeSettings settings, NodeStorage storage, NodeLinks links) {
    var tasks = new RunningTasks(TASKS);
    NodeId self = links.self();
    LayoutKeeper layouts = links.layouts();
    var rows = new NodeReplica(storage.engine(), layouts::ring, storage.life());
    var hints = new EngineHints(storage.engine(), NodeRepair.MOST_HINT_BYTES);
    var membership =
        new Membership(
            describe(settings, storage, links),
            layouts,
            rows,
            new ChunkMover(links.chunks(), storage.extents(), layouts::ring),
            storage.clock(),
            new NodePorts(links.network(), tasks, TIME, CHANCE),
            settings.configuration().member().copyBytesPerSecond());
    var hinted = new HintedNetwork(self, links.network(), TIME);
    var coordinator =
        new Coordinator(
            self, storage.clock(), layouts, hinted, TASKS, TIME, CHANCE, VersionRows::isShown);
    var repair = new NodeRepair(storage, links, rows, hints, hinted, membership, coordinator);
    var others = new LeaseRevocation(self, layouts::installed, links.network(), TASKS, TIME);
    var ring =
        new NodeRing(
            layouts, rows, membership, coordinator, repair, new BucketLeases(TIME, others), tasks);
    links
        .replica()
        .open(
            new RequestDispatcher(
                membership.requestFence(),
                new SloppyQuorum(self, hints, layouts::installed, TIME),
                rows::answer,
                membership::answer,
                ring::answer));
    return ring;
  }

  /** This node, under its name. */
  private static Node describe(NodeSettings settings, NodeStorage storage, NodeLinks links) {
    String given = settings.configuration().member().name();
    String name = NodeName.of(storage.folders().first(), given, links.address());
    return settings.node(links.self(), name, links.address(), storage.diskBytes());
  }

  private Reply answer(Request.Node request) {
    return switch (request) {
      case Request.Forget forget -> {
        leases.settle(forget.name().utf8());
        yield new Reply.Done();
      }
      case Request.ReportUnderReplication _ -> repair.report().told();
    };
  }

  /**
   * Starts the parts' background work, and finds the node's cluster or goes on in it.
   *
   * @param closings gets the parts to close
   */
  void start(ClusterSettings settings, String cluster, NodeLinks links, ClosingStack closings) {
    membership.start();
    closings.add(() -> {
      membership.stop();
      tasks.awaitEnd(STOP);
    });
    var joining =
        new ClusterFormation(
            settings,
            links.self(),
            HostPort.parse(membership.own().address()),
            cluster,
            membership,
            links.network(),
            TASKS,
            TIME);
    joining.start();
    closings.add(joining::close);
    closings.add(repair.start(STOP));
  }
}
