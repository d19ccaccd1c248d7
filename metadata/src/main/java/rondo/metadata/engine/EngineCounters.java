package rondo.metadata.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * What an engine has done since it was opened, for whoever shows it. Thread-safe.
 *
 * @param writes calls of {@link Engine#write}
 * @param logBytes written to the log
 * @param syncs of the log
 * @param stalls writes that had to wait for the disk
 * @param checkpoints written from memory
 * @param merges of checkpoints
 * @param mergeFailures merges that were given up; their inputs stay in use
 */
public record EngineCounters(
    LongAdder writes,
    LongAdder logBytes,
    LongAdder syncs,
    LongAdder stalls,
    LongAdder checkpoints,
    LongAdder merges,
    LongAdder mergeFailures) {
  static EngineCounters zero() {
    return new EngineCounters(
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }
}
