package rondo.gateway.boot;

import static rondo.gateway.boot.Ports.TASKS;
import static rondo.gateway.boot.Ports.TIME;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.gateway.blob.ChunkRepair;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.membership.LayoutKeeper;
import rondo.ring.membership.Membership;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.quorum.Messenger;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.Handoff;
import rondo.ring.repair.HintedNetwork;
import rondo.ring.repair.Pace;
import rondo.ring.repair.Refill;
import rondo.ring.repair.RefillStatus;
import rondo.storage.node.Counting;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.OwnerRows;

/** What brings a node's copies up to date, running in the background. Thread-safe. */
final class NodeRepair {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRepair.class);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAYOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Between two pages of rows that are counted after a start: clients come first. */
  private static final long PAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Three hours of some ten small objects a second; what doesn't fit is found by comparison. */
  static final long MOST_HINT_BYTES = 512L << 20;

  private final LayoutKeeper layouts;
  private final NodeReplica replica;
  private final AntiEntropy rows;
  private final ChunkRepair chunks;
  private final Handoff hints;
  private final Refill refill;
  private final NodeLosses losses;
  private final RepairReport report;
  private final ClusterRepair everywhere;
  private final RunningTasks tasks = new RunningTasks(TASKS);
  private final Mailbox<Boolean> stop = TASKS.mailbox();
  private final Mailbox<Boolean> stopWatch = TASKS.mailbox();

  NodeRepair(
      NodeStorage storage,
      NodeLinks links,
      NodeReplica replica,
      EngineHints missed,
      HintedNetwork hinted,
      Membership membership,
      Coordinator coordinator) {
    NodeId self = links.self();
    Network network = links.network();
    this.layouts = links.layouts();
    this.replica = replica;
    this.everywhere =
        new ClusterRepair(self, membership, () -> report().told(), network, TASKS, TIME);
    var names = new BlobNames(OwnerRows.acknowledged(coordinator, TIME), TIME);
    this.chunks =
        new ChunkRepair(
            self, layouts::installed, links.chunks(), storage.extents(), names, tasks, TIME);
    this.hints =
        new Handoff(
            hinted,
            network,
            missed,
            layouts::installed,
            membership::suspected,
            tasks,
            TIME,
            Handoff.DEFAULT_LIFE);
    long longest = storage.rebuildWait().toNanos();
    var lost = replica.losses(missed);
    this.refill =
        new Refill(
            self,
            layouts::installed,
            lost,
            new Messenger(network, tasks, TIME),
            Pace.DEFAULT,
            longest,
            Refill.STRETCH_PAGES);
    this.losses = new NodeLosses(self, storage.engine(), refill);
    this.rows = new AntiEntropy(self, layouts::installed, network, tasks, TIME, Pace.DEFAULT);
    this.report = new RepairReport(storage, replica, rows, chunks, hints, missed, refill, losses);
  }

  /** Starts; what it returns stops it, and waits so long for its end. */
  Runnable start(Duration patience) {
    tasks.start("count rows", this::count);
    tasks.start("anti-entropy", rows::run);
    tasks.start("refill", refill::run);
    tasks.start("chunk repair", chunks::run);
    tasks.start("hints", hints::keep);
    tasks.start("handoff", hints::run);
    tasks.start("repair outlook", this::watch);
    return () -> {
      chunks.stop();
      hints.stop();
      stop.put(true);
      stopWatch.put(true);
      refill.stop();
      rows.stop();
      tasks.awaitEnd(patience);
    };
  }

  /** Goes on when all is counted: rows that damage takes, and brings back, are counted anew. */
  private void count() {
    var before = Counting.MORE;
    long pause = LAYOUT_NANOS;
    while (stop.take(TIME.nanos() + pause) == null) {
      Counting now = layouts.installed() == null ? Counting.MORE : replica.countMore();
      if (now == Counting.DONE && before != now) {
        rows.wake();
      }
      before = now;
      pause =
          layouts.installed() == null
              ? LAYOUT_NANOS
              : now == Counting.MORE ? PAGE_NANOS : SECOND_NANOS;
    }
  }

  /** Sees how fast what is missing becomes less. */
  private void watch() {
    String told = "";
    do {
      RefillStatus lost = refill.status();
      if (!lost.doing().equals(told)) {
        told = lost.doing();
        LOG.warn("metadata: damage took {} ranges of keys. {}", lost.ranges(), told);
      }
      report.look(TIME.nanos());
    } while (stopWatch.take(TIME.nanos() + SECOND_NANOS) == null);
  }

  /** What the repairs know. */
  RepairReport report() {
    return report;
  }

  /** What isn't whole anywhere in the cluster, ready to become JSON; others are asked. */
  Map<String, Object> everywhere() {
    return everywhere.view();
  }

  /** What damage to the metadata took. */
  NodeLosses losses() {
    return losses;
  }
}
