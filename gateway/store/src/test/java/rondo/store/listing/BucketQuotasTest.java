package rondo.store.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.store.bucket.BucketTest.refuses;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Quota;
import rondo.ring.port.Time;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException.Reason;

final class BucketQuotasTest {
  private final Store store = new StoreCluster().gateway(1);
  private final AtomicLong now = new AtomicLong();
  private final BucketQuotas quotas =
      new BucketQuotas(
          bucket -> BucketUsage.of(store.listing(), bucket),
          new Time() {
            @Override
            public long nanos() {
              return now.get();
            }

            @Override
            public long wallMicros() {
              return 0;
            }
          });

  private Bucket bucket(long mostBytes, long mostObjects) {
    store.buckets().create("b", "ann", "r");
    Quota quota = Quota.newBuilder().setMostBytes(mostBytes).setMostObjects(mostObjects).build();
    store
        .buckets()
        .change(store.buckets().find("b"), row -> row.toBuilder().setQuota(quota).build());
    return store.buckets().find("b");
  }

  private void write(Bucket bucket, String key, long bytes) {
    store.objects().write(bucket, key, ObjectRow.newBuilder().setSize(bytes).build());
  }

  private void pass(long seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  @Test
  void a_bucket_takes_what_fits_and_refuses_the_rest() {
    Bucket bucket = bucket(100, 0);
    write(bucket, "a", 60);
    quotas.require(bucket, 40);
    refuses(Reason.QUOTA_EXCEEDED, () -> quotas.require(bucket, 41));
  }

  @Test
  void what_was_written_since_the_last_count_counts() {
    Bucket bucket = bucket(100, 0);
    quotas.require(bucket, 60);
    quotas.wrote(bucket, 60);
    refuses(Reason.QUOTA_EXCEEDED, () -> quotas.require(bucket, 60));
  }

  @Test
  void a_deletion_makes_room_some_seconds_later() {
    Bucket bucket = bucket(0, 1);
    write(bucket, "a", 1);
    refuses(Reason.QUOTA_EXCEEDED, () -> quotas.require(bucket, 1));
    store.objects().delete(bucket, "a", ObjectRow.getDefaultInstance(), null);
    pass(6);
    quotas.require(bucket, 1);
  }

  @Test
  void every_version_counts_and_no_delete_marker() {
    Bucket bucket = bucket(0, 0);
    write(bucket, "before", 5);
    store
        .buckets()
        .change(bucket, row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
    Bucket versioned = store.buckets().find("b");
    write(versioned, "before", 7);
    write(versioned, "k", 1);
    write(versioned, "k", 2);
    store.objects().delete(versioned, "k", ObjectRow.getDefaultInstance(), null);
    assertThat(BucketUsage.of(store.listing(), versioned)).isEqualTo(new BucketUsage(4, 15, 0));
  }
}
