package rondo.server.metric;

import java.nio.file.Path;
import java.util.Map;
import rondo.metadata.disk.DiskCounts;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineShape;
import rondo.server.space.DiskUse;
import rondo.server.space.SpaceLevel;
import rondo.server.storage.NodeStorage;
import rondo.storage.chunk.StorageUsage;
import rondo.storage.extent.FolderUse;

/** A node's disks, its chunks on them, and the engine of its metadata. */
public record StorageMetrics(NodeStorage storage) implements MetricSource {
  private static final double MICROS = 1e6;

  @Override
  public void read(MetricReading reading) {
    storage.space().uses().forEach(use -> disk(reading, use));
    reading.put("rondo_folders_failed", storage.extents().failures().size());
    storage.upkeep().uses().forEach(use -> folder(reading, use));
    operations(reading, storage.engine().counters().disk(), storage.folders().first().metadata());
    extents(reading);
    engine(reading);
  }

  private static void disk(MetricReading reading, DiskUse use) {
    String disk = use.path();
    reading.put("rondo_disk_own_bytes", use.ownBytes(), disk);
    reading.put("rondo_disk_free_bytes", use.freeBytes(), disk);
    long all = use.ownBytes() + use.freeBytes();
    reading.put("rondo_disk_used_ratio", all == 0 ? 1 : use.ownBytes() / (double) all, disk);
    reading.put("rondo_disk_full_percent", use.percent(), disk);
    reading.put("rondo_disk_seconds_left", use.secondsLeft(), disk);
    reading.put("rondo_disk_takes_new_data", use.level() == SpaceLevel.FULL ? 0 : 1, disk);
  }

  private static void folder(MetricReading reading, FolderUse use) {
    reading.put("rondo_folder_sound", use.sound() ? 1 : 0, use.path());
    reading.put("rondo_scrub_running", use.scrubbing() ? 1 : 0, use.path());
    reading.put("rondo_scrub_position_ratio", use.scrubbedShare(), use.path());
    operations(reading, use.counts(), Path.of(use.path()));
  }

  private static void operations(MetricReading reading, DiskCounts counts, Path folder) {
    for (DiskCounts.Operation operation : DiskCounts.Operation.values()) {
      String path = folder.toString();
      String word = operation.word();
      reading.put("rondo_folder_operation_seconds", counts.durations(operation), path, word);
      reading.put("rondo_folder_errors_total", counts.failures(operation), path, word);
    }
  }

  private void extents(MetricReading reading) {
    StorageUsage usage = storage.extents().usage();
    reading.put("rondo_extents_live_bytes", usage.liveBytes());
    reading.put("rondo_extents_dead_bytes", usage.deadBytes());
    reading.put("rondo_extents_free_bytes", usage.freeBytes());
    reading.put("rondo_extents_damaged_chunks", usage.damagedChunks());
    Map<String, Long> work = storage.upkeep().counters();
    work.forEach((name, value) ->
        reading.put(
            switch (name) {
              case "compaction_bytes_copied" -> "rondo_compaction_copied_bytes_total";
              case "scrub_bytes_read" -> "rondo_scrub_read_bytes_total";
              default -> "rondo_" + name + "_total";
            },
            value));
    double ended = Math.floor(storage.upkeep().lastEndedMicros() / MICROS);
    reading.put("rondo_scrub_ended_timestamp_seconds", ended);
    reading.put("rondo_scrub_ended_seconds", ended);
  }

  private void engine(MetricReading reading) {
    EngineCounters engine = storage.engine().counters();
    reading.put("rondo_metadata_writes_total", engine.writes().sum());
    reading.put("rondo_metadata_log_bytes_total", engine.logBytes().sum());
    reading.put("rondo_metadata_syncs_total", engine.syncs().sum());
    reading.put("rondo_metadata_stalls_total", engine.stalls().sum());
    reading.put("rondo_metadata_slowed_total", engine.slowed().sum());
    reading.put("rondo_metadata_stall_seconds_total", engine.stallMicros().sum() / MICROS);
    reading.put("rondo_metadata_refused_total", engine.refused().sum());
    reading.put("rondo_metadata_checkpoints_total", engine.checkpoints().sum());
    reading.put("rondo_metadata_flushed_bytes_total", engine.flushedBytes().sum());
    reading.put("rondo_metadata_merges_total", engine.merges().sum());
    reading.put("rondo_metadata_merged_bytes_total", engine.mergedBytes().sum());
    reading.put("rondo_metadata_merge_failures_total", engine.mergeFailures().sum());
    reading.put("rondo_metadata_block_reads_total", engine.blockReads().sum());
    reading.put("rondo_metadata_index_reads_total", engine.indexReads().sum());
    reading.put("rondo_metadata_cache_hits_total", engine.cacheHits().sum());
    EngineShape shape = storage.engine().shape();
    reading.put("rondo_metadata_memtable_bytes", shape.memtableBytes());
    reading.put("rondo_metadata_frozen_memtables", shape.frozenMemtables());
    reading.put("rondo_metadata_runs", shape.runs());
    reading.put("rondo_metadata_checkpoint_bytes", shape.checkpointBytes());
    reading.put("rondo_metadata_damaged_reads_total", engine.damaged().sum());
    reading.put("rondo_metadata_scrub_read_bytes_total", storage.metadataScrub().bytesRead());
    reading.put("rondo_metadata_damaged_files", storage.metadataScrub().damagedFiles());
  }
}
