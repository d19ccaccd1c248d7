package rondo.server.space;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** The pace at which a disk fills, over the last minutes. Used by one thread. */
final class DiskTrend {
  /** {@link #secondsUntil} of a disk that doesn't fill, or isn't known to. */
  static final long NEVER = -1;

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private record Sample(long nanos, long freeBytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  void saw(long nanos, long freeBytes) {
    if (samples.isEmpty() || nanos - samples.getLast().nanos() >= STEP_NANOS) {
      samples.add(new Sample(nanos, freeBytes));
    }
    while (nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Seconds until only {@code keptBytes} are free, at the pace of the last minutes. */
  long secondsUntil(long nanos, long freeBytes, long keptBytes) {
    Sample first = samples.isEmpty() ? new Sample(nanos, freeBytes) : samples.getFirst();
    long passed = nanos - first.nanos();
    long taken = first.freeBytes() - freeBytes;
    if (passed < LEAST_NANOS || taken <= 0) {
      return NEVER;
    }
    double perSecond = 1e9 * taken / passed;
    return (long) Math.max(0, (freeBytes - keptBytes) / perSecond);
  }
}
