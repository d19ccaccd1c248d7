package rondo.storage.extent;

import java.time.Duration;

/**
 * The rates of a store's upkeep.
 *
 * @param compactBytesPerSecond bytes that compaction reads and writes per second on each disk; 0
 *     for no bound
 * @param scrubPeriod the time in which a scrub reads everything once
 */
public record UpkeepSettings(long compactBytesPerSecond, Duration scrubPeriod) {
  /** A disk of 10 TB that is scrubbed once in two weeks is read at 8 MB/s. */
  public static final UpkeepSettings DEFAULT = new UpkeepSettings(64L << 20, Duration.ofDays(14));
}
