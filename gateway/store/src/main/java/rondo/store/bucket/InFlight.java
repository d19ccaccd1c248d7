package rondo.store.bucket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import rondo.ring.port.Time;

/** The operations in flight in each bucket, so that others can wait for their end. Thread-safe. */
final class InFlight {
  /** Longer than any call on a row. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Set<Operation> all = ConcurrentHashMap.newKeySet();
  private final Time time;

  InFlight(Time time) {
    this.time = time;
  }

  /** One operation; compared by identity. */
  private static final class Operation {
    private final String bucket;
    private final long thread = Thread.currentThread().threadId();
    private final CountDownLatch ended = new CountDownLatch(1);

    Operation(String bucket) {
      this.bucket = bucket;
    }
  }

  <T> T during(String bucket, Supplier<T> work) {
    var mine = new Operation(bucket);
    all.add(mine);
    try {
      return work.get();
    } finally {
      all.remove(mine);
      mine.ended.countDown();
    }
  }

  /** Waits, within a limit, for the operations that others began in the bucket before this call. */
  void await(String bucket) {
    long deadline = time.nanos() + PATIENCE_NANOS;
    try {
      for (Operation other : all) {
        if (other.bucket.equals(bucket)
            && other.thread != Thread.currentThread().threadId()
            && !other.ended.await(deadline - time.nanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
