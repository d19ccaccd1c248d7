package rondo.server.boot;

import static rondo.store.system.SystemPorts.CHANCE;
import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.time.Duration;
import java.util.function.Function;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.hint.SloppyQuorum;
import rondo.ring.membership.Membership;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.RequestDispatcher;
import rondo.ring.port.NodePorts;
import rondo.ring.standing.PeerStandings;
import rondo.ring.value.NodeId;
import rondo.s3.identity.IdentityRegisters;
import rondo.s3.identity.SecretSeal;
import rondo.server.config.ClusterSettings;
import rondo.server.config.HostPort;
import rondo.server.link.LeaseRevocation;
import rondo.server.link.NodeLinks;
import rondo.server.order.CopyRates;
import rondo.server.order.OrderBook;
import rondo.server.process.ClosingStack;
import rondo.server.repair.NodeRepair;
import rondo.server.repair.RepairBounds;
import rondo.server.space.DiskSpace;
import rondo.server.storage.NodeName;
import rondo.server.storage.NodeStorage;
import rondo.storage.folder.DiskException;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.storage.snapshot.NodeSnapshots;
import rondo.storage.snapshot.RequestGate;
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
    NodeRows rows,
    Membership membership,
    Coordinator coordinator,
    NodeRepair repair,
    BucketLeases leases,
    OrderBook orders,
    PeerStandings standings,
    RunningTasks tasks) {
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Makes the parts, and lets them answer requests. {@link #start} starts their background work.
   *
   * @param audit answers what other nodes' audit logs ask
   */
  static NodeRing open(
      NodeSettings settings,
      NodeStorage storage,
      NodeLinks links,
      Function<Request.Audit, Reply> audit) {
    var tasks = new RunningTasks(TASKS);
    NodeId self = links.self();
    LayoutKeeper layouts = links.layouts();
    var rows = new NodeReplica(storage.engine(), layouts::ring, storage.life());
    var rates = new CopyRates(settings.configuration().member().copyBytesPerSecond());
    var hints = new EngineHints(storage.engine(), NodeRepair.MOST_HINT_BYTES);
    Membership membership = membership(settings, storage, links, rows, rates, tasks);
    RunningCopy.check(membership, links.network());
    var hinted = new HintedNetwork(self, links.network(), TIME);
    var coordinator =
        new Coordinator(
            self, storage.clock(), layouts, hinted, TASKS, TIME, CHANCE, VersionRows::isShown);
    var bounds = new RepairBounds(settings.configuration().storage().rebuildWait(), rates::repair);
    var repair =
        new NodeRepair(storage, links, rows, hints, hinted, membership, coordinator, bounds);
    var registers = IdentityRegisters.of(coordinator, TIME, SecretSeal.NONE);
    var orders = new OrderBook(registers, rates, TASKS, TIME);
    membership.refuse(orders::refusal);
    PeerStandings standings = standings(storage, links, tasks);
    var others = new LeaseRevocation(self, layouts::installed, links.network(), TASKS, TIME);
    var gate = new RequestGate(TASKS, TIME);
    var ring =
        new NodeRing(
            new NodeRows(rows, new NodeSnapshots(storage.engine(), gate, TIME)),
            membership,
            coordinator,
            repair,
            new BucketLeases(TIME, others),
            orders,
            standings,
            tasks);
    ring.serve(
        storage, links, audit, gate, new SloppyQuorum(self, hints, layouts::installed, TIME));
    return ring;
  }

  private void serve(
      NodeStorage storage,
      NodeLinks links,
      Function<Request.Audit, Reply> audit,
      RequestGate gate,
      SloppyQuorum sloppy) {
    NodeId self = links.self();
    DiskSpace space = storage.space();
    links.chunks().fullBy(node -> node.equals(self) ? space.isFull() : standings.isFull(node));
    links
        .replica()
        .open(
            gate.before(
                new RequestDispatcher(
                    membership.requestFence(),
                    sloppy,
                    request ->
                        request instanceof Request.TakeSnapshot take
                            ? rows.snapshots().take(take)
                            : rows.replica().answer(request),
                    membership::answer,
                    request -> answer(request, storage, audit))));
  }

  private static Membership membership(
      NodeSettings settings,
      NodeStorage storage,
      NodeLinks links,
      NodeReplica rows,
      CopyRates rates,
      RunningTasks tasks) {
    LayoutKeeper layouts = links.layouts();
    var chunks =
        new ChunkMover(
            links.chunks(), storage.extents(), layouts::ring, storage.space()::refusesMoves);
    String name =
        NodeName.of(
            storage.folders().first(), settings.configuration().member().name(), links.address());
    return new Membership(
        settings.node(storage.folders().peer(), name, links.address(), storage.diskBytes()),
        layouts,
        rows,
        chunks,
        storage.clock(),
        new NodePorts(links.network(), tasks, TIME, CHANCE),
        rates::copy);
  }

  private static PeerStandings standings(NodeStorage storage, NodeLinks links, RunningTasks tasks) {
    LayoutKeeper layouts = links.layouts();
    return new PeerStandings(
        links.self(),
        layouts::installed,
        node -> layouts.peers().release(node),
        storage.clock().judge(),
        new NodePorts(links.network(), tasks, TIME, CHANCE));
  }

  LayoutKeeper layouts() {
    return membership.placements();
  }

  private Reply answer(
      Request.Node request, NodeStorage storage, Function<Request.Audit, Reply> audit) {
    return switch (request) {
      case Request.Forget forget -> {
        leases.settle(forget.name().utf8());
        yield new Reply.Done();
      }
      case Request.Audit call -> audit.apply(call);
      case Request.ReportUnderReplication _ -> repair.report().told();
      case Request.ReportEqualTimes _ -> new Reply.Equality(repair.equalTimes().encode());
      case Request.ReportStanding _ ->
          new Reply.Standing(TIME.wallMicros(), storage.space().isFull());
      case Request.ThawRows thaw -> rows.snapshots().thaw(thaw);
      case Request.PullSnapshot pull -> rows.snapshots().pull(pull);
      case Request.DropSnapshot drop -> rows.snapshots().drop(drop);
      case Request.HoldChunks hold -> hold(hold, storage);
    };
  }

  private static Reply hold(Request.HoldChunks request, NodeStorage storage) {
    try {
      storage.folders().hold().hold(request.seconds());
      return new Reply.Done();
    } catch (DiskException e) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Starts the parts' background work, and finds the node's cluster or goes on in it.
   *
   * @param closings gets the parts to close
   */
  void start(ClusterSettings settings, String cluster, NodeLinks links, ClosingStack closings) {
    membership.start();
    tasks.start("standings", standings::run);
    tasks.start("orders", () -> orders.run(membership::isInUse));
    closings.add(() -> {
      orders.stop();
      standings.stop();
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
