package rondo.server.repair;

import static rondo.store.system.SystemPorts.TIME;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import rondo.ring.hint.HintStatus;
import rondo.ring.hint.HintedHandoff;
import rondo.ring.layout.NodeNames;
import rondo.ring.message.Reply;
import rondo.ring.rebuild.Rebuild;
import rondo.ring.rebuild.RebuildStatus;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.RepairStatus;
import rondo.ring.repair.TimeRemaining;
import rondo.ring.value.Bytes;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthReason;
import rondo.server.storage.NodeStorage;
import rondo.storage.folder.DurableValue;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.store.chunk.ChunkRepair;
import rondo.store.chunk.ChunkStatus;
import rondo.store.chunk.MissingChunk;

/**
 * A report on a node's repairs: the data that its copies lack, since when, and the time remaining.
 * Thread-safe.
 */
public final class RepairReport {
  private final NodeStorage storage;
  private final NodeReplica replica;
  private final AntiEntropy rows;
  private final ChunkRepair chunks;
  private final HintedHandoff hints;
  private final EngineHints missed;
  private final Rebuild rebuild;
  private final NodeLostRanges losses;
  private final TimeRemaining rowsLeft = new TimeRemaining();
  private final TimeRemaining chunksLeft = new TimeRemaining();
  private final TimeRemaining hintsLeft = new TimeRemaining();
  private volatile long sampledNanos = TIME.nanos();

  RepairReport(
      NodeStorage storage,
      NodeReplica replica,
      AntiEntropy rows,
      ChunkRepair chunks,
      HintedHandoff hints,
      EngineHints missed,
      Rebuild rebuild,
      NodeLostRanges losses) {
    this.storage = storage;
    this.replica = replica;
    this.rows = rows;
    this.chunks = chunks;
    this.hints = hints;
    this.missed = missed;
    this.rebuild = rebuild;
    this.losses = losses;
  }

  /** Measures how fast the missing data shrinks. Called every second. */
  void sample(long nowNanos) {
    sampledNanos = nowNanos;
    rowsLeft.saw(nowNanos, rows.status().comparing());
    chunksLeft.saw(nowNanos, chunks.status().lacking());
    hintsLeft.saw(nowNanos, hints.status().waiting());
  }

  /** The under-replicated data in words, as far as this node knows; empty when there is none. */
  private String lack() {
    return reasons().stream().map(HealthReason::sentence).collect(Collectors.joining(" "));
  }

  /** Why copies are missing, as far as this node knows, or aren't verified. */
  public List<HealthReason> reasons() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    RebuildStatus lost = rebuild.status();
    boolean found = storage.engine().isWhole() || lost.ranges() > 0;
    var reasons = new RepairReasons();
    reasons.add(
        HealthCause.METADATA_DAMAGED,
        found ? 0 : 1,
        "%d part of the metadata is damaged and being looked at: wait.");
    reasons.add(
        HealthCause.ROWS_LOST,
        lost.ranges(),
        "%d ranges of keys were taken from this node by damage: "
            + lost.step()
            + ". 'rondo losses' tells more.");
    reasons.add(
        HealthCause.ROWS_MISSING,
        now.lacking().cardinality(),
        "%d partitions lack rows on one of their nodes: wait for repair to bring them.");
    reasons.add(
        HealthCause.ROWS_UNREACHABLE,
        now.unreachable().cardinality(),
        "%d partitions can't be compared with one of their nodes: start nodes that are down.");
    addChunks(reasons, data);
    reasons.addComparing(now.whole() && data.whole(), pausedNanos());
    return reasons.all();
  }

  /** What an operator should know although no copy is missing. */
  public List<HealthReason> warnings() {
    return storage.orders().warnings();
  }

  private void addChunks(RepairReasons reasons, ChunkStatus data) {
    reasons.add(
        HealthCause.CHUNKS_MISSING,
        data.lacking(),
        "%d chunks that are missing here are being fetched: 'rondo missing' names them.");
    reasons.add(
        HealthCause.CHUNKS_UNREACHABLE,
        data.unreachable(),
        "%d partitions have a node whose chunks can't be listed: start nodes that are down.");
    reasons.add(
        HealthCause.WRITES_MISSED,
        hints.status().waiting(),
        "%d writes wait here for a node that has missed them: it gets them when it is back.");
    reasons.add(
        HealthCause.CHUNKS_DAMAGED,
        storage.extents().usage().damagedChunks(),
        "%d chunks are damaged here until another node's copies replace them: see 'rondo scrub'.");
    storage.extents().failures().forEach(reasons::folder);
    reasons.add(
        HealthCause.UNVERIFIED,
        Math.max(storage.upkeep().overdueSeconds(), storage.metadataScrub().overdueSeconds()),
        "The last reading of everything is overdue by %d s: see 'rondo scrub', or raise"
            + " --scrub-every.");
  }

  private long pausedNanos() {
    return TIME.nanos() - sampledNanos;
  }

  /** The under-replicated data, as this node reports it to others. */
  public Reply.UnderReplication told() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    return new Reply.UnderReplication(
        reasons().isEmpty(),
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

  /** The chunks that this node should hold and lacks, ready to become JSON. */
  public List<Map<String, Object>> missing(NodeNames names) {
    return chunks.missing().stream().map(chunk -> missing(chunk, names)).toList();
  }

  private static Map<String, Object> missing(MissingChunk chunk, NodeNames names) {
    var view = new LinkedHashMap<String, Object>();
    view.put("chunk", chunk.chunk().toString());
    view.put("holders", chunk.holders().stream().map(names::label).toList());
    return view;
  }

  /** Seconds until all copies are complete; unknown while a node can't be asked. */
  private long left(RepairStatus now, ChunkStatus data) {
    long rest = Math.max(chunksLeft.seconds(), hintsLeft.seconds());
    long least = Math.min(chunksLeft.seconds(), hintsLeft.seconds());
    boolean known = now.unreachable().isEmpty() && data.unreachable() == 0;
    known &= Math.min(least, rowsLeft.seconds()) != TimeRemaining.UNKNOWN;
    return known ? Math.max(rest, rowsLeft.seconds()) : TimeRemaining.UNKNOWN;
  }

  /** Keeps until when this node had what others had. */
  DurableValue equalTimes() {
    return storage.folders().first().value("equal-times");
  }

  /** The view for the status, ready to become JSON. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    String lack = lack();
    view.put("whole", lack.isEmpty());
    view.put("lack", lack);
    view.put("lost", losses.brief());
    gauges().forEach(view::put);
    counters().forEach(view::put);
    return view;
  }

  /** The gauges, by the names of their metrics. */
  public Map<String, Long> gauges() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    var gauges = new LinkedHashMap<String, Long>();
    var under = (BitSet) now.lacking().clone();
    under.or(now.unreachable());
    gauges.put("repair_partitions_under_replicated", (long) under.cardinality());
    gauges.put("repair_partitions_lacking", (long) now.lacking().cardinality());
    gauges.put("repair_partitions_unreachable", (long) now.unreachable().cardinality());
    gauges.put("repair_partitions_comparing", now.comparing());
    gauges.put("repair_chunks_missing", data.lacking());
    gauges.put("hints_waiting", hints.status().waiting());
    gauges.put("hints_oldest_seconds", TimeUnit.NANOSECONDS.toSeconds(hints.oldestNanos()));
    gauges.put("metadata_lost_ranges", (long) storage.engine().lostRanges().size());
    gauges.put("repair_oldest_seconds", oldestSeconds(now, data));
    gauges.put("repair_seconds_left", left(now, data));
    return gauges;
  }

  /** The counters, by the names of their metrics. */
  public Map<String, Long> counters() {
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
    counters.put("metadata_ranges_rebuilt", rebuild.status().rebuilt());
    counters.put("metadata_registers_rebuilt", rebuild.status().registers());
    counters.put("repair_chunks_copied", data.copied());
    counters.put("repair_bytes_copied", data.bytes());
    return counters;
  }
}
