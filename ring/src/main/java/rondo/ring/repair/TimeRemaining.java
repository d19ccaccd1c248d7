package rondo.ring.repair;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Estimates the time until work is done, from its progress in the last minute. Thread-safe. */
public final class TimeRemaining {
  /** The value of {@link #seconds} when there is no estimate. */
  public static final long UNKNOWN = -1;

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long atNanos, long left) {}

  /**
   * Notes the work left at a time, about every second. When the work grows, the estimate starts
   * anew.
   */
  public synchronized void saw(long nowNanos, long left) {
    Sample last = samples.peekLast();
    if (last != null && (left > last.left() || last.left() == 0)) {
      samples.clear();
    }
    samples.add(new Sample(nowNanos, left));
    while (nowNanos - samples.getFirst().atNanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Seconds until nothing is left, rounded up; {@link #UNKNOWN} while there is no progress. */
  public synchronized long seconds() {
    Sample last = samples.peekLast();
    if (last == null || last.left() == 0) {
      return 0;
    }
    Sample first = samples.getFirst();
    long done = first.left() - last.left();
    double took = (last.atNanos() - first.atNanos()) / 1e9;
    return done <= 0 ? UNKNOWN : (long) Math.ceil(last.left() * took / done);
  }
}
