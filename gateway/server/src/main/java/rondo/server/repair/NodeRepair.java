package rondo.server.repair;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.hint.HintedHandoff;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.membership.Membership;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.quorum.Messenger;
import rondo.ring.rebuild.Rebuild;
import rondo.ring.rebuild.RebuildStatus;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.EqualTimes;
import rondo.ring.repair.RepairPace;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.NodeId;
import rondo.server.link.NodeLinks;
import rondo.server.rescue.StoredEqualTimes;
import rondo.server.storage.NodeStorage;
import rondo.storage.folder.DurableValue;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.storage.node.SumProgress;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.OwnerRows;
import rondo.store.chunk.ChunkRepair;
import rondo.store.system.RunningTasks;

/** The repairs that bring a node's copies up to date, in the background. Thread-safe. */
public final class NodeRepair {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRepair.class);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAYOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The pause between two pages of rows that are counted after a start: clients come first. */
  private static final long PAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * Holds three hours of some ten small objects a second. Comparison finds the writes that don't
   * fit.
   */
  public static final long MOST_HINT_BYTES = 512L << 20;

  private final LayoutKeeper layouts;
  private final NodeReplica replica;
  private final AntiEntropy rows;
  private final ChunkRepair chunks;
  private final HintedHandoff hints;
  private final Rebuild rebuild;
  private final NodeLostRanges losses;
  private final RepairReport report;
  private final ClusterRepair everywhere;
  private final RunningTasks tasks = new RunningTasks(TASKS);
  private final Mailbox<Boolean> stop = TASKS.mailbox();
  private final Mailbox<Boolean> stopWatch = TASKS.mailbox();

  public NodeRepair(
      NodeStorage storage,
      NodeLinks links,
      NodeReplica replica,
      EngineHints missed,
      HintedNetwork hinted,
      Membership membership,
      Coordinator coordinator,
      RepairBounds bounds) {
    NodeId self = links.self();
    Network network = links.network();
    this.layouts = links.layouts();
    this.replica = replica;
    this.everywhere =
        new ClusterRepair(self, membership, () -> report().told(), network, TASKS, TIME);
    this.chunks = chunks(links, storage, coordinator, bounds, tasks);
    this.hints =
        new HintedHandoff(
            hinted,
            network,
            missed,
            layouts::installed,
            membership::suspected,
            tasks,
            TIME,
            HintedHandoff.DEFAULT_LIFE);
    var lost = replica.losses(missed);
    this.rebuild =
        new Rebuild(
            self,
            layouts::installed,
            lost,
            new Messenger(network, tasks, TIME),
            RepairPace.DEFAULT,
            bounds.rebuildWait().toNanos(),
            Rebuild.STRETCH_PAGES);
    this.losses = new NodeLostRanges(self, storage.engine(), rebuild);
    this.rows = new AntiEntropy(self, layouts::installed, network, tasks, TIME, RepairPace.DEFAULT);
    this.report = new RepairReport(storage, replica, rows, chunks, hints, missed, rebuild, losses);
  }

  private static ChunkRepair chunks(
      NodeLinks links,
      NodeStorage storage,
      Coordinator coordinator,
      RepairBounds bounds,
      RunningTasks tasks) {
    var names = new BlobNames(OwnerRows.acknowledged(coordinator, TIME), TIME);
    return new ChunkRepair(
        links.self(),
        links.layouts()::installed,
        links.chunks(),
        storage.extents(),
        names,
        new Throttle(tasks, TIME, bounds.bytesPerSecond()),
        tasks,
        TIME);
  }

  /**
   * Starts all repairs.
   *
   * @return stops them, and waits for their end for at most {@code patience}
   */
  public Runnable start(Duration patience) {
    tasks.start("count rows", this::count);
    tasks.start("anti-entropy", rows::run);
    tasks.start("rebuild", rebuild::run);
    tasks.start("chunk repair", chunks::run);
    tasks.start("hints", hints::keep);
    tasks.start("handoff", hints::run);
    tasks.start("repair outlook", () -> watch(report.equalTimes()));
    return () -> {
      chunks.stop();
      hints.stop();
      stop.put(true);
      stopWatch.put(true);
      rebuild.stop();
      rows.stop();
      tasks.awaitEnd(patience);
    };
  }

  /**
   * Counts the rows. Goes on after the first count: rows that damage takes, and those that are
   * brought back, are counted anew.
   */
  private void count() {
    var before = SumProgress.MORE;
    long pause = LAYOUT_NANOS;
    while (stop.take(TIME.nanos() + pause) == null) {
      SumProgress now = layouts.installed() == null ? SumProgress.MORE : replica.countMore();
      if (now == SumProgress.DONE && before != now) {
        rows.wake();
      }
      before = now;
      pause =
          layouts.installed() == null
              ? LAYOUT_NANOS
              : now == SumProgress.MORE ? PAGE_NANOS : SECOND_NANOS;
    }
  }

  /** Measures how fast the missing data shrinks, and notices when this node stood still. */
  private void watch(DurableValue equal) {
    String told = "";
    var equalTimes = new StoredEqualTimes(equal, rows.equalTimes(), layouts::installed, TIME);
    var pauses = new PauseDetector(TIME);
    do {
      if (pauses.stoodStill()) {
        rows.distrust();
        chunks.distrust();
      }
      RebuildStatus lost = rebuild.status();
      if (!lost.step().equals(told)) {
        told = lost.step();
        LOG.warn("metadata: damage took {} ranges of keys. {}", lost.ranges(), told);
      }
      report.sample(TIME.nanos());
      equalTimes.keep();
    } while (stopWatch.take(TIME.nanos() + SECOND_NANOS) == null);
    equalTimes.keepNow();
  }

  /** The state of the rebuild of rows that damage took. */
  public RebuildStatus rebuild() {
    return rebuild.status();
  }

  /** Until when this node is known to have had all that each other one had. */
  public EqualTimes equalTimes() {
    return rows.equalTimes();
  }

  /** A report on the repairs' state. */
  public RepairReport report() {
    return report;
  }

  /** The under-replicated data of the whole cluster, ready to become JSON. Asks the other nodes. */
  public Map<String, Object> everywhere() {
    return everywhere.view();
  }

  /** The ranges of the metadata that damage took. */
  public NodeLostRanges losses() {
    return losses;
  }
}
