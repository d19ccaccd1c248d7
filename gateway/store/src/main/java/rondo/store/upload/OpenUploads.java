package rondo.store.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import rondo.store.row.Bucket;

/**
 * Knows roughly how many uploads of a bucket are open. Each gateway counts a bucket once, and adds
 * the uploads that it begins itself; it counts again before it finds no room, at most once in ten
 * seconds. So gateways may exceed the number by what the others begin in between. Thread-safe; it
 * remembers 10,000 buckets.
 */
final class OpenUploads {
  private static final int MOST_BUCKETS = 10_000;

  /** A count reads every open upload, at the worst as many as the bucket may have. */
  private static final long REST_MICROS = TimeUnit.SECONDS.toMicros(10);

  private final Cache<ByteString, Count> counts =
      Caffeine.newBuilder().maximumSize(MOST_BUCKETS).build();

  private record Count(AtomicLong uploads, long atMicros) {}

  /**
   * Whether the bucket may have one more.
   *
   * @param now the wall clock
   * @param counter counts the bucket's open uploads; may take long
   */
  boolean hasRoom(Bucket bucket, int most, long now, LongSupplier counter) {
    ByteString id = bucket.row().getId();
    Count count = counts.getIfPresent(id);
    if (count == null || (count.uploads.get() >= most && now - count.atMicros > REST_MICROS)) {
      count = new Count(new AtomicLong(counter.getAsLong()), now);
      counts.put(id, count);
    }
    return count.uploads.get() < most;
  }

  /** Notes that the bucket has one more. */
  void began(Bucket bucket) {
    Count count = counts.getIfPresent(bucket.row().getId());
    if (count != null) {
      count.uploads.incrementAndGet();
    }
  }
}
