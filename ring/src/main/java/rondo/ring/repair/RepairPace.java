package rondo.ring.repair;

import java.time.Duration;

/**
 * How fast a node repairs.
 *
 * @param rest between two comparisons with all peers
 * @param pause after each page that was listed or sent, which leaves clients most of the machine
 * @param young the age below which a changed row is left to its coordinator
 */
public record RepairPace(Duration rest, Duration pause, Duration young) {
  /** Repairs at most some ten thousand rows a second, beside those that coordinators bring. */
  public static final RepairPace DEFAULT =
      new RepairPace(Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofSeconds(10));
}
