package rondo.metadata.engine;

import java.util.concurrent.atomic.LongAdder;
import rondo.metadata.disk.DiskCounts;

/** Counts what an engine has done since it was opened, for metrics and tests. Thread-safe. */
public final class EngineCounters {
  private final LongAdder writes = new LongAdder();
  private final LongAdder logBytes = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  private final LongAdder stalls = new LongAdder();
  private final LongAdder slowed = new LongAdder();
  private final LongAdder stallMicros = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder flushedBytes = new LongAdder();
  private final LongAdder merges = new LongAdder();
  private final LongAdder mergedBytes = new LongAdder();
  private final LongAdder mergeFailures = new LongAdder();
  private final LongAdder blockReads = new LongAdder();
  private final LongAdder indexReads = new LongAdder();
  private final LongAdder damaged = new LongAdder();
  private final LongAdder cacheHits = new LongAdder();
  private final DiskCounts disk = new DiskCounts();

  /** Calls of {@link Engine#write}. */
  public LongAdder writes() {
    return writes;
  }

  /** Bytes written to the log. */
  public LongAdder logBytes() {
    return logBytes;
  }

  /** Syncs of the log. */
  public LongAdder syncs() {
    return syncs;
  }

  /** Writes that waited until a memtable had been flushed. */
  public LongAdder stalls() {
    return stalls;
  }

  /** Writes that were slowed down a little, so that flushes and merges keep up. */
  public LongAdder slowed() {
    return slowed;
  }

  /** Microseconds that stalled and slowed writes waited. */
  public LongAdder stallMicros() {
    return stallMicros;
  }

  /** Writes that were refused because flushes were too far behind. */
  public LongAdder refused() {
    return refused;
  }

  /** Memtables that were flushed to checkpoints. */
  public LongAdder checkpoints() {
    return checkpoints;
  }

  /** Bytes of the checkpoints that were made by flushing memtables. */
  public LongAdder flushedBytes() {
    return flushedBytes;
  }

  /** Merges of runs of checkpoints. */
  public LongAdder merges() {
    return merges;
  }

  /** Bytes that merges wrote. */
  public LongAdder mergedBytes() {
    return mergedBytes;
  }

  /** Merges that were given up; their inputs stay in use. */
  public LongAdder mergeFailures() {
    return mergeFailures;
  }

  /** Blocks of tables and filters that were read from the disk, not found in the cache. */
  public LongAdder blockReads() {
    return blockReads;
  }

  /** Blocks of indexes that were read from the disk, not found in the cache. */
  public LongAdder indexReads() {
    return indexReads;
  }

  /** Blocks that were found in the cache. */
  public LongAdder cacheHits() {
    return cacheHits;
  }

  /** Operations on the engine's files; none where a library does them. */
  public DiskCounts disk() {
    return disk;
  }

  /** Reads that found damage. */
  public LongAdder damaged() {
    return damaged;
  }
}
