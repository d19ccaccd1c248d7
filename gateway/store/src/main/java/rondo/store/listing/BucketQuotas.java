package rondo.store.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Quota;
import rondo.ring.port.Time;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Keeps buckets roughly within their quotas. Each gateway counts a bucket that has a quota now and
 * then, and adds its own writes in between. So a bucket can exceed its quota by the writes of other
 * gateways between two counts, and a deletion makes room only at the next count. Thread-safe;
 * bounded.
 */
public final class BucketQuotas {
  private static final long LEAST_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A refusal rests on a count no older than this. */
  private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Slow counts are taken more rarely: counting takes at most a tenth of a thread's time. */
  private static final int REST = 10;

  private static final int MOST = 10_000;

  private final Function<Bucket, BucketUsage> count;
  private final BooleanSupplier hasRoom;
  private final Time time;
  private final Cache<ByteString, UsageCount> counts =
      Caffeine.newBuilder().maximumSize(MOST).build();

  private record UsageCount(BucketUsage usage, long atNanos, long tookNanos, AtomicBoolean again) {
    boolean isOlderThan(long now, long nanos) {
      return now - atNanos > Math.max(nanos, REST * tookNanos);
    }
  }

  /**
   * @param count counts a bucket's contents; may take long
   */
  public BucketQuotas(Function<Bucket, BucketUsage> count, Time time) {
    this(count, () -> true, time);
  }

  /**
   * @param count counts a bucket's contents; may take long
   * @param hasRoom whether the store's disks take new data
   */
  public BucketQuotas(Function<Bucket, BucketUsage> count, BooleanSupplier hasRoom, Time time) {
    this.count = count;
    this.hasRoom = hasRoom;
    this.time = time;
  }

  /**
   * Checks that {@code bytes} more bytes fit.
   *
   * @throws StoreException QUOTA_EXCEEDED, STORAGE_FULL
   */
  public void require(Bucket bucket, long bytes) {
    if (!hasRoom.getAsBoolean()) {
      throw new StoreException(Reason.STORAGE_FULL);
    }
    if (!bucket.row().hasQuota()) {
      return;
    }
    UsageCount counted = counted(bucket);
    if (exceeds(bucket, counted.usage(), bytes)
        && counted.isOlderThan(time.nanos(), REFUSAL_NANOS)) {
      counted = recount(bucket);
    }
    if (exceeds(bucket, counted.usage(), bytes)) {
      throw new StoreException(Reason.QUOTA_EXCEEDED);
    }
  }

  /** Adds a new object of that many bytes to the count. */
  public void wrote(Bucket bucket, long bytes) {
    counts
        .asMap()
        .computeIfPresent(
            bucket.row().getId(),
            (id, counted) ->
                new UsageCount(
                    counted.usage().plus(1, bytes),
                    counted.atNanos(),
                    counted.tookNanos(),
                    counted.again()));
  }

  private static boolean exceeds(Bucket bucket, BucketUsage usage, long bytes) {
    Quota quota = bucket.row().getQuota();
    return (quota.getMostBytes() > 0 && usage.bytes() + bytes > quota.getMostBytes())
        || (quota.getMostObjects() > 0 && usage.objects() >= quota.getMostObjects());
  }

  private UsageCount counted(Bucket bucket) {
    @Nullable UsageCount counted = counts.getIfPresent(bucket.row().getId());
    if (counted == null) {
      return recount(bucket);
    }
    if (counted.isOlderThan(time.nanos(), LEAST_NANOS)
        && counted.again().compareAndSet(false, true)) {
      Thread.ofVirtual().name("count").start(() -> recountLater(bucket, counted));
    }
    return counted;
  }

  private void recountLater(Bucket bucket, UsageCount old) {
    try {
      recount(bucket);
    } catch (StoreException unavailable) {
      old.again().set(false);
    }
  }

  private UsageCount recount(Bucket bucket) {
    long began = time.nanos();
    BucketUsage usage = count.apply(bucket);
    var counted = new UsageCount(usage, began, time.nanos() - began, new AtomicBoolean());
    counts.put(bucket.row().getId(), counted);
    return counted;
  }
}
