package rondo.gateway.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What goes on in buckets just now, so that others can wait for its end. Thread-safe. */
final class Works {
  /** Every call on a row has an end before that. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Set<Work> all = ConcurrentHashMap.newKeySet();

  /** One that goes on; compared by identity. */
  private static final class Work {
    private final String bucket;
    private final long thread = Thread.currentThread().threadId();
    private final CountDownLatch ended = new CountDownLatch(1);

    Work(String bucket) {
      this.bucket = bucket;
    }
  }

  <T> T during(String bucket, Supplier<T> work) {
    var mine = new Work(bucket);
    all.add(mine);
    try {
      return work.get();
    } finally {
      all.remove(mine);
      mine.ended.countDown();
    }
  }

  /** Waits for the end of what others had begun in the bucket before this call; not for ever. */
  void await(String bucket) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try {
      for (Work work : all) {
        if (work.bucket.equals(bucket)
            && work.thread != Thread.currentThread().threadId()
            && !work.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
