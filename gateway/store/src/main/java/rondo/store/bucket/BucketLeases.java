package rondo.store.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.store.row.Bucket;

/**
 * The buckets' rows that this gateway has read: believed for a lease, counted from before the read,
 * unless it is told to forget them earlier. Thread-safe; bounded.
 */
public final class BucketLeases {
  /** So long a gateway that can't be told still goes by what it has read. */
  public static final Duration LEASE = Duration.ofSeconds(2);

  private static final long MOST = 10_000;

  private final Time time;
  private final Elsewhere elsewhere;
  private final AtomicLong forgotten = new AtomicLong();
  private final InFlight operations;
  private final Cache<String, Lease> leases =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LEASE).build();

  /** The other gateways. */
  @FunctionalInterface
  public interface Elsewhere {
    /** There are none. */
    Elsewhere NOWHERE = name -> {};

    /**
     * Blocks until no other gateway goes by what it read of the bucket before this call: each has
     * forgotten it, or its lease has run out.
     */
    void forget(String bucket);
  }

  /**
   * Before a row is read.
   *
   * @param forgotten what was forgotten until then: nothing that was read before is kept
   */
  record Mark(long forgotten, long nanos) {}

  private record Lease(Bucket bucket, long fromNanos) {}

  public BucketLeases(Time time, Elsewhere elsewhere) {
    this.time = time;
    this.elsewhere = elsewhere;
    this.operations = new InFlight(time);
  }

  @Nullable Bucket find(String name) {
    Lease lease = leases.getIfPresent(name);
    return lease == null || time.nanos() - lease.fromNanos() >= LEASE.toNanos()
        ? null
        : lease.bucket();
  }

  Mark mark() {
    return new Mark(forgotten.get(), time.nanos());
  }

  /** Keeps a row that was read since that mark, unless anything was forgotten since. */
  void keep(Mark mark, Bucket bucket) {
    leases.put(bucket.name(), new Lease(bucket, mark.nanos()));
    if (forgotten.get() != mark.forgotten()) {
      leases.invalidate(bucket.name());
    }
  }

  /** This gateway reads the bucket's row again. */
  public void forget(String name) {
    forgotten.incrementAndGet();
    leases.invalidate(name);
  }

  /** The same, and waits for those of this gateway who still go by what it has read before. */
  public void settle(String name) {
    forget(name);
    operations.await(name);
  }

  /** After this nobody goes by what the row was before. */
  void forgetEverywhere(String name) {
    forget(name);
    elsewhere.forget(name);
    operations.await(name);
  }

  /** Does work by a bucket's row, which is read in it: who settles the bucket waits for its end. */
  <T> T within(String name, Supplier<T> work) {
    return operations.during(name, work);
  }
}
