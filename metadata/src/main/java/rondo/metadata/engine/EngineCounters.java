package rondo.metadata.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * What an engine has done since it was opened, for whoever shows it. Thread-safe.
 *
 * @param writes calls of {@link Engine#write}
 * @param logBytes written to the log
 * @param syncs of the log
 * @param stalls writes that had to wait for the disk
 * @param slowed writes that waited a little, so that the disk keeps up
 * @param stallMicros that writes waited for one or the other
 * @param refused writes for which the disk was too far behind
 * @param checkpoints memtables that were written to the disk
 * @param flushedBytes that they took there
 * @param merges of runs of checkpoints
 * @param mergedBytes that merges wrote
 * @param mergeFailures merges that were given up; their inputs stay in use
 * @param blockReads of tables and filters that came from the disk, not from the cache
 * @param indexReads likewise, of indexes
 * @param damaged reads that found other bytes than were written
 */
public record EngineCounters(
    LongAdder writes,
    LongAdder logBytes,
    LongAdder syncs,
    LongAdder stalls,
    LongAdder slowed,
    LongAdder stallMicros,
    LongAdder refused,
    LongAdder checkpoints,
    LongAdder flushedBytes,
    LongAdder merges,
    LongAdder mergedBytes,
    LongAdder mergeFailures,
    LongAdder blockReads,
    LongAdder indexReads,
    LongAdder damaged) {
  static EngineCounters zero() {
    return new EngineCounters(
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }
}
