package rondo.s3.admission;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;

/**
 * The bounds of what clients may hold of a node.
 *
 * @param memoryBytes all memory of requests in work
 * @param connections the most connections at once
 * @param head the time for a request's head to arrive, from its first byte
 * @param idle the time that a connection may stay open between requests
 * @param patience the time that a request waits for memory before it gets SlowDown
 * @param grace the time without progress after which a request may be cut while memory is short
 */
public record AdmissionSettings(
    long memoryBytes,
    int connections,
    Duration head,
    Duration idle,
    Duration patience,
    Duration grace) {
  /** A connection without a request costs about half of it: channel, handlers, first buffer. */
  private static final int CONNECTION_BYTES = 16 * 1024;

  /** The least that lets some large requests and some hundred small ones work side by side. */
  private static final long LEAST_MEMORY_BYTES = 16L << 20;

  private static final int LEAST_CONNECTIONS = 256;

  /** More than clients of one node open; each costs a descriptor too. */
  private static final int MOST_CONNECTIONS = 16_384;

  /** Longer than a head needs on any link that can carry S3. */
  private static final Duration HEAD = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofMinutes(2);

  /** Shorter than the 20 to 60 s that clients wait for an answer. */
  private static final Duration WAIT = Duration.ofSeconds(15);

  private static final Duration GRACE = Duration.ofSeconds(5);

  /** The settings that fit the heap and the direct memory of this process. */
  public static AdmissionSettings derived() {
    return of(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
  }

  /** The settings of the admin port, whose few clients cost little. */
  public static AdmissionSettings ofAdmin() {
    return new AdmissionSettings(
        LEAST_MEMORY_BYTES, LEAST_CONNECTIONS, HEAD, Duration.ofSeconds(60), WAIT, GRACE);
  }

  /**
   * Requests get two fifths of the heap: the rest is for rows, caches and the garbage between two
   * collections. Bytes on their way out may be in direct memory too, of which other nodes'
   * connections need the other half. Connections get an eighth of the heap.
   */
  static AdmissionSettings of(long heapBytes, long directBytes) {
    long memory = Math.min(heapBytes / 5 * 2, directBytes / 2);
    long connections = heapBytes / 8 / CONNECTION_BYTES;
    return new AdmissionSettings(
        Math.max(LEAST_MEMORY_BYTES, memory),
        Math.clamp(connections, LEAST_CONNECTIONS, MOST_CONNECTIONS),
        HEAD,
        IDLE,
        WAIT,
        GRACE);
  }
}
