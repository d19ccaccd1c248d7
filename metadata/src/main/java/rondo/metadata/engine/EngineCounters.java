package rondo.metadata.engine;

import java.util.concurrent.atomic.LongAdder;

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

  /** Writes that had to wait for the disk. */
  public LongAdder stalls() {
    return stalls;
  }

  /** Writes that waited a little, so that the disk keeps up. */
  public LongAdder slowed() {
    return slowed;
  }

  /** Microseconds that writes waited for one or the other. */
  public LongAdder stallMicros() {
    return stallMicros;
  }

  /** Writes for which the disk was too far behind. */
  public LongAdder refused() {
    return refused;
  }

  /** Memtables that were written to the disk. */
  public LongAdder checkpoints() {
    return checkpoints;
  }

  /** Bytes that these memtables took there. */
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

  /** Blocks of tables and filters that came from the disk, not from the cache. */
  public LongAdder blockReads() {
    return blockReads;
  }

  /** Blocks of indexes that came from the disk, not from the cache. */
  public LongAdder indexReads() {
    return indexReads;
  }

  /** Reads that found other bytes than were written. */
  public LongAdder damaged() {
    return damaged;
  }
}
