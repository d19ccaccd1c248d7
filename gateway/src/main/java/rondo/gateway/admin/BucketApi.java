package rondo.gateway.admin;

import java.util.Locale;
import java.util.Map;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Consistency;
import rondo.gateway.store.Store;
import rondo.gateway.store.Usage;
import rondo.metadata.rows.Quota;
import tools.jackson.databind.JsonNode;

/** What buckets hold and may hold, as the admin API shows it. Thread-safe. */
public final class BucketApi {
  private final Store store;

  public BucketApi(Store store) {
    this.store = store;
  }

  /**
   * Counts now: it takes as long as a listing of the bucket.
   *
   * @throws rondo.gateway.s3.S3Exception NoSuchBucket
   */
  Map<String, Object> usage(String name) {
    Bucket bucket = store.buckets().fresh(name);
    Usage usage = Usage.of(store.listing(), bucket);
    Quota quota = bucket.row().getQuota();
    return Map.of(
        "bucket", name,
        "objects", usage.objects(),
        "bytes", usage.bytes(),
        "mostObjects", quota.getMostObjects(),
        "mostBytes", quota.getMostBytes(),
        "reads", reads(bucket.row().getReadLevel()));
  }

  private static String reads(String level) {
    return level.isEmpty() ? "linearizable" : level;
  }

  /**
   * @param body at which level the bucket is read where a request asks for none
   * @throws rondo.gateway.s3.S3Exception NoSuchBucket, InvalidArgument
   */
  Map<String, Object> setReads(String name, JsonNode body) {
    String level = body.path("reads").asString("").toLowerCase(Locale.ROOT);
    Consistency.level(level);
    store
        .buckets()
        .change(store.buckets().fresh(name), row -> row.toBuilder().setReadLevel(level).build());
    return Map.of("bucket", name, "reads", level);
  }

  /**
   * @param body the most objects and bytes; 0 for no bound
   * @throws rondo.gateway.s3.S3Exception NoSuchBucket
   */
  Map<String, Object> setQuota(String name, JsonNode body) {
    Quota quota =
        Quota.newBuilder()
            .setMostObjects(Math.max(0, body.path("mostObjects").asLong(0)))
            .setMostBytes(Math.max(0, body.path("mostBytes").asLong(0)))
            .build();
    boolean none = quota.equals(Quota.getDefaultInstance());
    store
        .buckets()
        .change(
            store.buckets().fresh(name),
            row -> (none ? row.toBuilder().clearQuota() : row.toBuilder().setQuota(quota)).build());
    return Map.of(
        "bucket", name, "mostObjects", quota.getMostObjects(), "mostBytes", quota.getMostBytes());
  }
}
