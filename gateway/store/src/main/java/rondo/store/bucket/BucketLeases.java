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
 * The buckets' rows that this gateway has read. A row is believed for one lease, counted from
 * before the read, unless the gateway is told earlier to forget it. Thread-safe; bounded.
 */
public final class BucketLeases {
  /** The longest that a gateway which can't be told of a change uses the old row. */
  public static final Duration LEASE = Duration.ofSeconds(2);

  private static final long MOST = 10_000;

  private final Time time;
  private final OtherGateways others;
  private final AtomicLong forgotten = new AtomicLong();
  private final InFlight operations;
  private final Cache<String, Lease> leases =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LEASE).build();

  /** The other gateways of the cluster. */
  @FunctionalInterface
  public interface OtherGateways {
    /** For a cluster with a single gateway. */
    OtherGateways NONE = name -> {};

    /**
     * Blocks until no other gateway uses the bucket's row as it was before this call: each has
     * forgotten it, or its lease has run out.
     */
    void forget(String bucket);
  }

  /**
   * A moment before a row is read.
   *
   * @param forgotten the number of rows forgotten until then; a later change of this number voids
   *     the read
   */
  record Mark(long forgotten, long nanos) {}

  private record Lease(Bucket bucket, long fromNanos) {}

  public BucketLeases(Time time, OtherGateways others) {
    this.time = time;
    this.others = others;
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

  /** Keeps a row that was read since that mark, unless any row was forgotten since. */
  void keep(Mark mark, Bucket bucket) {
    leases.put(bucket.name(), new Lease(bucket, mark.nanos()));
    if (forgotten.get() != mark.forgotten()) {
      leases.invalidate(bucket.name());
    }
  }

  /** Makes this gateway read the bucket's row again. */
  public void forget(String name) {
    forgotten.incrementAndGet();
    leases.invalidate(name);
  }

  /**
   * Makes this gateway read the bucket's row again, and waits for the operations here that still
   * use the old one.
   */
  public void settle(String name) {
    forget(name);
    operations.await(name);
  }

  /** Returns when no gateway, and no operation here, uses the row as it was before. */
  void forgetEverywhere(String name) {
    forget(name);
    others.forget(name);
    operations.await(name);
  }

  /**
   * Runs work that reads and uses the bucket's row. {@link #settle} waits for the end of such work.
   */
  <T> T within(String name, Supplier<T> work) {
    return operations.during(name, work);
  }
}
