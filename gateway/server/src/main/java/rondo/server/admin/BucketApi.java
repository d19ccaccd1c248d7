package rondo.server.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Quota;
import rondo.metadata.rows.ShardRange;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.RouteDraft;
import rondo.store.Store;
import rondo.store.listing.BucketUsage;
import rondo.store.listing.VersionConflicts;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.RowStore;
import rondo.store.row.ShardClosedException;
import tools.jackson.databind.JsonNode;

/** Shows the contents of buckets, and shows and changes their settings. Thread-safe. */
public final class BucketApi implements ApiFamily {
  private static final int MOST_CONFLICTS = 1000;
  private static final String BUCKET = "bucket";
  private static final JsonSchema SETTINGS = JsonSchema.answer();

  private static final JsonSchema COUNT =
      JsonSchema.whole(0, 100).described("0 for the cluster's own.");

  private final Store store;
  private final Placements placements;
  private final Supplier<@Nullable Layout> layouts;
  private final Function<String, Map<String, Object>> lifecycles;

  /**
   * @param layouts the newest layout that this node knows; null before the first
   * @param lifecycles what a bucket's rules would do now
   */
  public BucketApi(
      Store store,
      Placements placements,
      Supplier<@Nullable Layout> layouts,
      Function<String, Map<String, Object>> lifecycles) {
    this.lifecycles = lifecycles;
    this.store = store;
    this.placements = placements;
    this.layouts = layouts;
  }

  @Override
  public List<ApiRoute> routes() {
    var all = new ArrayList<>(views());
    all.addAll(settings());
    return all;
  }

  private List<ApiRoute> views() {
    return List.of(
        shown("usage", "Counts a bucket's contents now, as long as listing it takes.")
            .forOperators()
            .gives(
                JsonSchema.answer("bucket:string", "objects:integer", "bytes:integer"),
                call -> ApiAnswer.of(usage(call.name(BUCKET)))),
        shown("shards", "Counts the ranges of keys that a bucket is cut into.")
            .gives(
                JsonSchema.answer("bucket:string", "shards:objects"),
                call -> ApiAnswer.of(shards(call.name(BUCKET)))),
        shown("conflicts", "Counts a bucket's conflicts, and shows the first ones.")
            .gives(
                JsonSchema.answer("bucket:string", "conflicts:integer", "first:list"),
                call -> ApiAnswer.of(conflicts(call.name(BUCKET)))),
        shown("lifecycle", "Shows what a bucket's rules would expire or change now.")
            .gives(
                JsonSchema.document(), call -> ApiAnswer.of(lifecycles.apply(call.name(BUCKET)))));
  }

  private List<ApiRoute> settings() {
    var reads = JsonSchema.oneOf("linearizable", "quorum", "local_quorum", "one");
    JsonSchema bound = JsonSchema.whole(0, Long.MAX_VALUE).described("0 for no bound.");
    return List.of(
        set("quota", "Bounds what a bucket may hold.")
            .takes(
                JsonSchema.object(
                    JsonSchema.optional("mostBytes", bound),
                    JsonSchema.optional("mostObjects", bound)))
            .gives(SETTINGS, call -> ApiAnswer.of(setQuota(call.name(BUCKET), call.json()))),
        set("quorum", "Sets how many replicas reads and writes wait for.")
            .takes(
                JsonSchema.object(
                    JsonSchema.optional("n", COUNT),
                    JsonSchema.optional("r", COUNT),
                    JsonSchema.optional("w", COUNT)))
            .gives(SETTINGS, call -> ApiAnswer.of(setQuorums(call.name(BUCKET), call.json()))),
        set("copies", "Sets how many copies a bucket's data has.")
            .takes(JsonSchema.object(JsonSchema.optional("n", COUNT)))
            .gives(SETTINGS, call -> ApiAnswer.of(setCopies(call.name(BUCKET), call.json()))),
        set("available", "Makes a bucket available in every partition, for good.")
            .gives(SETTINGS, call -> ApiAnswer.of(setAvailable(call.name(BUCKET)))),
        set("consistency", "Sets how much agreement reads wait for that ask for nothing else.")
            .takes(JsonSchema.object(JsonSchema.required("reads", reads)))
            .gives(SETTINGS, call -> ApiAnswer.of(setReads(call.name(BUCKET), call.json()))));
  }

  private static RouteDraft shown(String what, String summary) {
    return ApiRoute.get("/v1/buckets/{bucket}/" + what, summary).old("/" + what + "/{bucket}");
  }

  private static RouteDraft set(String what, String summary) {
    return ApiRoute.put("/v1/buckets/{bucket}/" + what, summary).old("/" + what + "/{bucket}");
  }

  /**
   * Lists the bucket's shards in the order of their keys. Counts them now, as {@link #usage} does.
   *
   * @throws rondo.s3.error.S3Exception NoSuchBucket; ServiceUnavailable when a shard has just moved
   */
  Map<String, Object> shards(String name) {
    BucketRow row = store.buckets().fresh(name).row();
    var shards = new ArrayList<Map<String, Object>>();
    for (ShardRange range : row.getShardsList()) {
      BucketUsage usage;
      try {
        usage = BucketUsage.of(store.rows(), row, range);
      } catch (ShardClosedException moved) {
        throw new S3Exception(S3Error.SERVICE_UNAVAILABLE);
      }
      boolean moving =
          row.getMove().getSourcesList().stream()
              .anyMatch(source -> source.getId().equals(range.getId()));
      shards.add(
          Map.of(
              "from", range.getFrom().toStringUtf8(),
              "id", HexFormat.of().formatHex(range.getId().toByteArray()),
              "objects", usage.objects(),
              "bytes", usage.bytes(),
              "moving", moving,
              "owners", owners(RowStore.bytes(range.getId()))));
    }
    return Map.of("bucket", name, "shards", shards, "rests", row.getRestsCount());
  }

  private List<String> owners(Bytes shard) {
    return placements.of(shard).writeSets().stream()
        .flatMap(set -> set.nodes().stream())
        .distinct()
        .map(NodeNames.of(layouts.get())::label)
        .toList();
  }

  /**
   * Counts the bucket's contents now, which takes as long as a listing of the bucket.
   *
   * @throws rondo.s3.error.S3Exception NoSuchBucket
   */
  Map<String, Object> usage(String name) {
    Bucket bucket = store.buckets().fresh(name);
    BucketUsage usage = BucketUsage.of(store.listing(), bucket);
    Quota quota = bucket.row().getQuota();
    var shown = new LinkedHashMap<String, Object>();
    shown.put("bucket", name);
    shown.put("objects", usage.objects());
    shown.put("bytes", usage.bytes());
    shown.put("mostObjects", quota.getMostObjects());
    shown.put("mostBytes", quota.getMostBytes());
    shown.put("reads", reads(bucket.row().getReadLevel()));
    shown.putAll(BucketQuorums.of(bucket, placements).shown());
    shown.putAll(BucketCopies.under(layouts.get()).shown(bucket));
    shown.put("objectsToCopy", usage.away());
    return shown;
  }

  /**
   * Sets how many copies the bucket's shards and new blobs have. Existing shards then move, and
   * existing blobs are copied.
   *
   * @param body the number of copies; none or 0 for the cluster's
   * @throws rondo.s3.error.S3Exception NoSuchBucket, InvalidArgument, InvalidBucketState
   */
  Map<String, Object> setCopies(String name, JsonNode body) {
    BucketCopies copies = BucketCopies.under(layouts.get());
    int number = copies.classOf(body.path("n").asInt(0));
    store
        .buckets()
        .change(
            store.buckets().fresh(name),
            row -> row.getCopyClass() == number ? row : changed(row, number));
    return copies.shown(store.buckets().fresh(name));
  }

  private static String reads(String level) {
    return level.isEmpty() ? "linearizable" : level;
  }

  private BucketRow changed(BucketRow row, int number) {
    return row.toBuilder()
        .setCopyClass(number)
        .setCopiesChangedMicros(store.rows().wallMicros())
        .build();
  }

  /**
   * Sets the consistency level at which the bucket is read when a request asks for none.
   *
   * @param body the level
   * @throws rondo.s3.error.S3Exception NoSuchBucket, InvalidArgument
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
   * Makes the bucket available, for good. In a bucket without versioning, every overwritten version
   * then stays for a day, whether or not its writer had seen it.
   *
   * @throws rondo.s3.error.S3Exception NoSuchBucket, InvalidBucketState
   */
  Map<String, Object> setAvailable(String name) {
    Bucket bucket = store.buckets().fresh(name);
    store.lifecycles().mark(bucket, Duration.ZERO);
    store.buckets().change(bucket, row -> row.toBuilder().setAvailable(true).build());
    return BucketQuorums.of(store.buckets().fresh(name), placements).shown();
  }

  /**
   * Counts the bucket's conflicts now, which takes as long as a listing of the bucket's versions.
   *
   * @throws rondo.s3.error.S3Exception NoSuchBucket
   */
  Map<String, Object> conflicts(String name) {
    var found = VersionConflicts.of(store.listing(), store.buckets().fresh(name), MOST_CONFLICTS);
    return Map.of("bucket", name, "conflicts", found.count(), "first", found.first());
  }

  /**
   * Sets how many replicas a read and a write wait for.
   *
   * @param body the numbers; none or 0 for the layout's
   * @throws rondo.s3.error.S3Exception NoSuchBucket, InvalidArgument
   */
  Map<String, Object> setQuorums(String name, JsonNode body) {
    Bucket bucket = store.buckets().fresh(name);
    Quorums wanted = BucketQuorums.of(bucket, placements).wanted(body);
    store
        .buckets()
        .change(
            bucket,
            row ->
                row.toBuilder()
                    .setQuorums(BucketRow.Quorums.newBuilder().setR(wanted.r()).setW(wanted.w()))
                    .build());
    return BucketQuorums.of(store.buckets().fresh(name), placements).shown();
  }

  /**
   * Sets the bucket's quota.
   *
   * @param body the most objects and bytes; 0 for no limit
   * @throws rondo.s3.error.S3Exception NoSuchBucket
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
