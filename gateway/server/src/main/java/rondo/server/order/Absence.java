package rondo.server.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import rondo.ring.value.NodeId;

/**
 * A node that is away on purpose for some time. The absence ends with the time, with the node's
 * next start, or when the name is another node's.
 *
 * @param label the node's name, or its id where it has none
 * @param start the number of the node's newest start when the order was given; 0 when unknown
 * @param untilMicros microseconds since 1970
 */
public record Absence(NodeId node, String label, long start, Kind kind, long untilMicros) {
  /** Why the node is away. */
  public enum Kind {
    /** An operator has announced it. */
    MAINTENANCE,
    /** It was stopped because that was safe. */
    STOPPED
  }

  /** The end of the time, as people read it, in UTC. */
  public String until() {
    return Instant.EPOCH
        .plus(untilMicros, ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  /** What is known of the node, in words. */
  public String words() {
    return switch (kind) {
      case MAINTENANCE -> "'%s' is in maintenance until %s".formatted(label, until());
      case STOPPED -> "'%s' was stopped, and hasn't been back".formatted(label);
    };
  }
}
