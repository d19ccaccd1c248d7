package rondo.store.transport;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import rondo.ring.port.Time;

/**
 * Logs why connections are refused, at most once a minute, whatever arrives: the reason of the
 * first refusal, and how many came since the last line. Thread-safe.
 */
final class RefusalLog {
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final Time time;
  private long untold;
  private long quietUntilNanos;

  RefusalLog(Logger log, Time time) {
    this.log = log;
    this.time = time;
    this.quietUntilNanos = time.nanos();
  }

  /** Notes one refusal. */
  synchronized void note(String why) {
    long now = time.nanos();
    if (now - quietUntilNanos < 0) {
      untold++;
      return;
    }
    log.warn(
        "refused a connection to the node port: {} ({} more since the last line)", why, untold);
    untold = 0;
    quietUntilNanos = now + PAUSE_NANOS;
  }
}
