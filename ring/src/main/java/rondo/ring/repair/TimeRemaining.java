package rondo.ring.repair;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * How long what is left to do will take, judged by how fast it became less in the last minute.
 * Thread-safe.
 */
public final class TimeRemaining {
  /** What {@link #seconds} says when there is no telling. */
  public static final long UNKNOWN = -1;

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long atNanos, long left) {}

  /** So much was left at that time; to be told every second or so. More work starts anew. */
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

  /** Seconds until nothing is left, rounded up; {@link #UNKNOWN} while it doesn't get less. */
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
