package rondo.storage.extent;

import java.time.Duration;

/**
 * How much of a disk's time its upkeep takes.
 *
 * @param compactBytesPerSecond read and written to give back the space of what was dropped; 0: as
 *     fast as it goes
 * @param scrubPeriod in which everything is read again once
 */
public record UpkeepSettings(long compactBytesPerSecond, Duration scrubPeriod) {
  /** A disk of 10 TB that is read once in two weeks is read with 8 MB/s. */
  public static final UpkeepSettings DEFAULT = new UpkeepSettings(64L << 20, Duration.ofDays(14));
}
