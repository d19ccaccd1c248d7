package rondo.gateway.boot;

import static rondo.gateway.boot.Ports.TASKS;
import static rondo.gateway.boot.Ports.TIME;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.gateway.blob.ChunkRepair;
import rondo.gateway.blob.ChunkStatus;
import rondo.gateway.blob.MissingChunk;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.membership.LayoutKeeper;
import rondo.ring.membership.Membership;
import rondo.ring.message.Reply;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.quorum.Messenger;
import rondo.ring.register.Bytes;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.Handoff;
import rondo.ring.repair.HintStatus;
import rondo.ring.repair.HintedNetwork;
import rondo.ring.repair.Outlook;
import rondo.ring.repair.Pace;
import rondo.ring.repair.Refill;
import rondo.ring.repair.RefillStatus;
import rondo.ring.repair.RepairStatus;
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
  private final EngineHints missed;
  private final Refill refill;
  private final NodeLosses losses;
  private final ClusterRepair everywhere;
  private final Outlook rowsLeft = new Outlook();
  private final Outlook chunksLeft = new Outlook();
  private final Outlook hintsLeft = new Outlook();
  private final NodeStorage storage;
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
    this.missed = missed;
    this.storage = storage;
    this.replica = replica;
    this.everywhere = new ClusterRepair(self, membership, this::told, network, TASKS, TIME);
    var names = new BlobNames(OwnerRows.acknowledged(coordinator, TIME), TIME);
    this.chunks = new ChunkRepair(self, layouts::installed, links.chunks(), storage.extents(), names, tasks, TIME);
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
          layouts.installed() == null ? LAYOUT_NANOS : now == Counting.MORE ? PAGE_NANOS : SECOND_NANOS;
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
      long now = TIME.nanos();
      rowsLeft.saw(now, rows.status().comparing());
      chunksLeft.saw(now, chunks.status().lacking());
      hintsLeft.saw(now, hints.status().waiting());
    } while (stopWatch.take(TIME.nanos() + SECOND_NANOS) == null);
  }

  /** What isn't on all of its replicas, as far as this node knows; empty when all is. */
  String lack() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    var lack = new ArrayList<String>();
    RefillStatus lost = refill.status();
    boolean found = storage.engine().isWhole() || lost.ranges() > 0;
    add(lack, found ? 0 : 1, "damage in the metadata, being looked at");
    add(lack, lost.ranges(), "ranges of keys that damage took from this node: " + lost.doing());
    add(lack, now.lacking().cardinality(), "partitions of which a replica lacks rows");
    add(
        lack,
        now.unreachable().cardinality(),
        "partitions of which a replica's rows can't be compared");
    add(lack, data.lacking(), "chunks that are missing here");
    add(lack, data.unreachable(), "partitions of which a replica's chunks can't be listed");
    add(lack, hints.status().waiting(), "writes that a replica has missed");
    add(lack, storage.extents().usage().damagedChunks(), "chunks that are damaged here");
    lack.addAll(storage.extents().failures());
    boolean whole = now.whole() && data.whole();
    return lack.isEmpty() && !whole ? "comparing copies" : String.join(", ", lack);
  }

  /** The same for other nodes. */
  Reply.Lack told() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    return new Reply.Lack(
        lack().isEmpty(),
        Bytes.wrap(now.lacking().toByteArray()),
        Bytes.wrap(now.unreachable().toByteArray()),
        data.lacking(),
        hints.status().waiting(),
        oldestSeconds(now, data),
        left(now, data));
  }

  private long oldestSeconds(RepairStatus now, ChunkStatus data) {
    long copies = Math.max(now.oldestNanos(), data.oldestNanos());
    return TimeUnit.NANOSECONDS.toSeconds(Math.max(copies, hints.oldestNanos()));
  }

  /** The chunks that this node should hold and doesn't, ready to become JSON. */
  List<Map<String, Object>> missing() {
    return chunks.missing().stream().map(NodeRepair::missing).toList();
  }

  private static Map<String, Object> missing(MissingChunk chunk) {
    var view = new LinkedHashMap<String, Object>();
    view.put("chunk", chunk.chunk().toString());
    view.put("holders", chunk.holders().stream().map(NodeId::toString).toList());
    return view;
  }

  /** Seconds until all is whole; nobody knows when a node comes back that can't be asked. */
  private long left(RepairStatus now, ChunkStatus data) {
    long rest = Math.max(chunksLeft.seconds(), hintsLeft.seconds());
    long least = Math.min(chunksLeft.seconds(), hintsLeft.seconds());
    boolean known = now.unreachable().isEmpty() && data.unreachable() == 0;
    known &= Math.min(least, rowsLeft.seconds()) != Outlook.UNKNOWN;
    return known ? Math.max(rest, rowsLeft.seconds()) : Outlook.UNKNOWN;
  }

  /** What isn't whole anywhere in the cluster, ready to become JSON; others are asked. */
  Map<String, Object> everywhere() {
    return everywhere.view();
  }

  private static void add(List<String> lack, long count, String what) {
    if (count > 0) {
      lack.add(count + " " + what);
    }
  }

  /** For the status, ready to become JSON. */
  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    String lack = lack();
    view.put("whole", lack.isEmpty());
    view.put("lack", lack);
    view.put("lost", losses.brief());
    gauges().forEach(view::put);
    counters().forEach(view::put);
    return view;
  }

  /** What damage to the metadata took. */
  NodeLosses losses() {
    return losses;
  }

  Map<String, Long> gauges() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    var gauges = new LinkedHashMap<String, Long>();
    gauges.put("repair_whole", lack().isEmpty() ? 1L : 0L);
    var under = (BitSet) now.lacking().clone();
    under.or(now.unreachable());
    gauges.put("repair_partitions_under_replicated", (long) under.cardinality());
    gauges.put("repair_partitions_lacking", (long) now.lacking().cardinality());
    gauges.put("repair_partitions_unreachable", (long) now.unreachable().cardinality());
    gauges.put("repair_partitions_comparing", now.comparing());
    gauges.put("repair_chunks_missing", data.lacking());
    gauges.put("hints_waiting", hints.status().waiting());
    gauges.put("metadata_lost_ranges", (long) storage.engine().lostRanges().size());
    gauges.put("repair_oldest_seconds", oldestSeconds(now, data));
    gauges.put("repair_seconds_left", left(now, data));
    return gauges;
  }

  Map<String, Long> counters() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    var counters = new LinkedHashMap<String, Long>();
    counters.put("repair_comparisons", now.looks());
    counters.put("repair_rows_pulled", now.pulled());
    counters.put("repair_rows_pushed", now.pushed());
    HintStatus handed = hints.status();
    counters.put("conflicts_met", replica.conflicts());
    counters.put("hints_stored", handed.stored());
    counters.put("hints_replayed", handed.replayed());
    counters.put("hints_dropped", handed.dropped());
    counters.put("hints_lost", missed.lost());
    counters.put("metadata_ranges_rebuilt", refill.status().refilled());
    counters.put("metadata_registers_rebuilt", refill.status().taken());
    counters.put("repair_chunks_copied", data.copied());
    counters.put("repair_bytes_copied", data.bytes());
    return counters;
  }
}
