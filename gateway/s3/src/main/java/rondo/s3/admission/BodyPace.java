package rondo.s3.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pace at which a client must send a body: something within the stall time, and over time the
 * least rate. It may lag behind the rate by some seconds; what it sends faster counts for a minute
 * at most. Only the time that the node waits for the client counts. For one thread.
 */
public final class BodyPace {
  /** A client below it, a modem of 1990, holds a request for nothing. */
  private static final long LEAST_BYTES_PER_SECOND = 512;

  private static final long FIRST_SLACK_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long MOST_SLACK_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final long stallNanos;
  private long receivedBytes;

  /** The time that the node may still wait, if nothing came. */
  private long slackNanos = FIRST_SLACK_NANOS;

  /**
   * @param stall the time within which something has to come
   */
  public BodyPace(Duration stall) {
    this.stallNanos = stall.toNanos();
  }

  /** So many bytes have come. */
  public void received(int bytes) {
    receivedBytes += bytes;
    long earned = TimeUnit.SECONDS.toNanos(bytes) / LEAST_BYTES_PER_SECOND;
    slackNanos = Math.min(MOST_SLACK_NANOS, slackNanos + earned);
  }

  /** The node has waited so long for the client. */
  public void waited(long nanos) {
    slackNanos -= nanos;
  }

  public long receivedBytes() {
    return receivedBytes;
  }

  /** The time to wait for the next piece; 0 when the body is too slow already. */
  public long patienceNanos() {
    return Math.max(0, Math.min(stallNanos, slackNanos));
  }
}
