package rondo.ring.repair;

import java.time.Duration;

/**
 * How fast a node repairs.
 *
 * @param rest between two looks at all peers
 * @param pause after each page that was listed or sent, so that clients keep most of the machine
 * @param young rows that changed so lately are left to those who write them
 */
public record RepairPace(Duration rest, Duration pause, Duration young) {
  /**
   * At most some ten thousand rows a second; what a write's coordinator brings is never counted.
   */
  public static final RepairPace DEFAULT =
      new RepairPace(Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofSeconds(10));
}
