package rondo.server.undelete;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.GoneBucket;
import rondo.ring.layout.Feature;
import rondo.ring.layout.Layout;
import rondo.s3.asof.AsOfTime;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.api.Page;
import rondo.server.live.Job;
import rondo.store.Store;
import rondo.store.bucket.DeletedBuckets;
import rondo.store.history.HistoryReach;
import rondo.store.history.UndeleteWindows;
import rondo.store.row.Bucket;

/** Sets undelete windows, restores prefixes, and brings deleted buckets back. Thread-safe. */
public record UndeleteApi(Store store, Supplier<@Nullable Layout> layouts, RestoreJobs restores)
    implements ApiFamily {
  private static final String BUCKET = "bucket";
  private static final JsonSchema WINDOW = JsonSchema.answer("bucket:string", "days:integer");
  private static final JsonSchema JOB =
      JsonSchema.answer("id:string", "state:string", "words:string");
  private static final JsonSchema STOPPED = JsonSchema.answer("job:string");
  private static final JsonSchema DELETED =
      JsonSchema.answer("name:string", "id:string", "keptUntil:string");

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.put(
                "/v1/buckets/{bucket}/undelete-window",
                "Sets for how many days a bucket's former objects can be read.")
            .takes(
                JsonSchema.object(
                    JsonSchema.required(
                        "days",
                        JsonSchema.whole(0, HistoryReach.MOST_DAYS)
                            .described("0 ends the window."))))
            .gives(WINDOW, this::setWindow),
        ApiRoute.post(
                "/v1/buckets/{bucket}/restore",
                "Begins to make objects what they were at a time; the answer is a job.")
            .takes(
                JsonSchema.object(
                    JsonSchema.optional("prefix", JsonSchema.text(0, 1024)),
                    JsonSchema.required(
                        "asOf",
                        JsonSchema.text(1, 64)
                            .described("A time with its zone, of RFC 3339 or HTTP."))))
            .gives(JOB, this::restore),
        ApiRoute.post("/v1/restores/{job}/stop", "Ends a restore of a prefix on this node.")
            .gives(STOPPED, this::stop),
        ApiRoute.get("/v1/deleted-buckets", "Lists the deleted buckets that can come back.")
            .paged()
            .gives(JsonSchema.page("buckets", DELETED), this::deleted),
        ApiRoute.post(
                "/v1/deleted-buckets/{bucket}/restore",
                "Brings the bucket of that name back that was deleted last.")
            .gives(JsonSchema.answer("bucket:string"), this::bringBack));
  }

  private ApiAnswer setWindow(ApiCall call) {
    Layout layout = layouts.get();
    int days = call.json().path("days").asInt(0);
    if (days > 0 && (layout == null || !layout.members().knows(Feature.UNDELETE_WINDOW))) {
      return ApiAnswer.refused(
          409,
          "some nodes are of a release that knows no undelete windows: a bucket can have one once"
              + " all nodes are upgraded");
    }
    String name = call.name(BUCKET);
    new UndeleteWindows(store).set(name, days);
    return ApiAnswer.of(window(store.buckets().fresh(name)));
  }

  private Map<String, Object> window(Bucket bucket) {
    BucketRow row = bucket.row();
    var view = new LinkedHashMap<String, Object>();
    view.put("bucket", bucket.name());
    view.put("days", row.getUndeleteWindow().getDays());
    Long earliest = HistoryReach.earliest(row, store.rows().wallMicros());
    if (earliest != null) {
      view.put("earliest", HistoryReach.text(earliest));
    }
    return view;
  }

  private ApiAnswer restore(ApiCall call) {
    String asOf = call.json().path("asOf").asString("");
    Long micros = AsOfTime.micros(asOf);
    if (micros == null) {
      return ApiAnswer.refused(
          400, "asOf: '%s' is no time with its zone, such as 2026-12-01T10:00:00Z".formatted(asOf));
    }
    Bucket bucket = store.buckets().fresh(call.name(BUCKET));
    Job job = restores.start(bucket, call.json().path("prefix").asString(""), micros);
    return job == null
        ? ApiAnswer.refused(
            409, "this node is at as many restores as it does at once: wait, or ask another node")
        : ApiAnswer.of(job.view());
  }

  private ApiAnswer stop(ApiCall call) {
    String id = call.name("job");
    return restores.stop(id)
        ? ApiAnswer.of(Map.of("job", id))
        : ApiAnswer.refused(404, "there is no restore '%s' on this node".formatted(id));
  }

  private ApiAnswer deleted(ApiCall call) {
    List<Map<String, Object>> all =
        new DeletedBuckets(store.rows()).list().stream().map(UndeleteApi::deleted).toList();
    return ApiAnswer.of(Page.of("buckets", all, it -> String.valueOf(it.get("id")), call));
  }

  private static Map<String, Object> deleted(GoneBucket gone) {
    return Map.of(
        "name", gone.getName(),
        "id", HexFormat.of().formatHex(gone.getId().toByteArray()),
        "keptUntil", HistoryReach.text(gone.getKeptUntilMicros()));
  }

  private ApiAnswer bringBack(ApiCall call) {
    String name = call.name(BUCKET);
    return switch (new DeletedBuckets(store.rows()).bringBack(name)) {
      case RETURNED -> {
        store.lifecycles().mark(store.buckets().fresh(name), UndeleteWindows.READS_END);
        yield ApiAnswer.of(Map.of("bucket", name));
      }
      case NONE ->
          ApiAnswer.refused(
              404,
              "no deleted bucket '%s' is kept: it had no undelete window, or the window has ended"
                  .formatted(name));
      case NAME_TAKEN ->
          ApiAnswer.refused(
              409,
              "there is a bucket '%s': the deleted one comes back once that one is gone"
                  .formatted(name));
    };
  }
}
