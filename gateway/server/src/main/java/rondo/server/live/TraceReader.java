package rondo.server.live;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.s3.logging.EndedRequest;

/** One who watches requests, a bounded number of which wait for him. Thread-safe. */
final class TraceReader {
  /** So many wait for a reader that is slow; then some are lost to him. */
  static final int MOST_WAITING = 1000;

  private final TraceFilter filter;
  private final BlockingQueue<EndedRequest> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();

  TraceReader(TraceFilter filter) {
    this.filter = filter;
  }

  /** Takes note of a request; returns at once. */
  void ended(EndedRequest request) {
    if (filter.takes(request) && !waiting.offer(request)) {
      lost.incrementAndGet();
    }
  }

  /** The next request; null when none comes within the time. */
  @Nullable EndedRequest next(long nanos) throws InterruptedException {
    return waiting.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** How many were lost since the last time that this was asked. */
  long lost() {
    return lost.getAndSet(0);
  }
}
