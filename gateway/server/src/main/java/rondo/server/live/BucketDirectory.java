package rondo.server.live;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import rondo.s3.acl.AccountDirectory;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
import rondo.store.Store;
import rondo.store.row.Bucket;

/** Lists the buckets of all owners, and shows the settings of one. Thread-safe. */
public record BucketDirectory(Store store, AccountDirectory accounts) implements ApiFamily {
  private static final JsonSchema ENTRY =
      JsonSchema.answer("name:string", "owner:string", "ownerId:string", "created:string");

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/buckets", "Lists the buckets of all owners.")
            .paged()
            .gives(JsonSchema.page("buckets", ENTRY), call -> ApiAnswer.of(list(call))),
        ApiRoute.get("/v1/buckets/{bucket}", "Shows the settings of a bucket, of every kind.")
            .gives(ENTRY, call -> ApiAnswer.of(info(call.name("bucket")))));
  }

  private Map<String, Object> list(ApiCall call) {
    int limit = Page.limit(call);
    List<Map<String, Object>> some =
        store.buckets().listAll(call.query("after", ""), limit + 1).stream()
            .map(this::brief)
            .toList();
    return Page.of("buckets", some, limit, it -> String.valueOf(it.get("name")));
  }

  private Map<String, Object> brief(Bucket bucket) {
    var view = new LinkedHashMap<String, Object>();
    view.put("name", bucket.name());
    view.put(
        "owner", Objects.requireNonNullElse(accounts.displayName(bucket.owner()), bucket.owner()));
    view.put("ownerId", bucket.owner());
    view.put("created", time(bucket.row().getCreatedMicros()));
    view.put("versioning", BucketView.versioning(bucket.row()));
    view.put("shards", bucket.row().getShardsCount());
    return view;
  }

  private Map<String, Object> info(String name) {
    Bucket bucket = store.buckets().fresh(name);
    Map<String, Object> view = brief(bucket);
    view.putAll(BucketView.settings(bucket.row()));
    return view;
  }

  private static String time(long micros) {
    return Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(micros)).toString();
  }
}
