package rondo.server.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import rondo.server.storage.NodeStorage;
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
    rowsLeft.saw(nowNanos, rows.status().comparing());
    chunksLeft.saw(nowNanos, chunks.status().lacking());
    hintsLeft.saw(nowNanos, hints.status().waiting());
  }

  /** The under-replicated data, as far as this node knows; empty when all copies are complete. */
  public String lack() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    var lack = new ArrayList<String>();
    RebuildStatus lost = rebuild.status();
    boolean found = storage.engine().isWhole() || lost.ranges() > 0;
    add(lack, found ? 0 : 1, "damage in the metadata, being looked at");
    add(lack, lost.ranges(), "ranges of keys that damage took from this node: " + lost.step());
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

  /** The under-replicated data, as this node reports it to others. */
  public Reply.UnderReplication told() {
    RepairStatus now = rows.status();
    ChunkStatus data = chunks.status();
    return new Reply.UnderReplication(
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

  private static void add(List<String> lack, long count, String what) {
    if (count > 0) {
      lack.add(count + " " + what);
    }
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
