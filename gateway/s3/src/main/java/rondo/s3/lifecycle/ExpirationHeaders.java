package rondo.s3.lifecycle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.S3Store;
import rondo.s3.error.PercentCoding;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/**
 * The headers that announce when rules end an object or an upload. They count in calendar days,
 * however long a day is for the rules themselves. Pure.
 */
public final class ExpirationHeaders {
  private ExpirationHeaders() {}

  /** The value of {@code x-amz-expiration}; null when no rule lets the current version expire. */
  public static @Nullable String of(Bucket bucket, String key, ObjectRow row) {
    LifecycleRules rules = new LifecycleRules(bucket.row(), DayLength.CALENDAR, false);
    LifecycleRules.TimedRule expiration = rules.isEmpty() ? null : rules.expiration(key, row);
    return expiration == null
        ? null
        : "expiry-date=\"%s\", rule-id=\"%s\""
            .formatted(date(expiration), encoded(expiration.rule().getId()));
  }

  /**
   * The value of {@code x-amz-expiration} in the answer to a read; null when no rule lets the
   * object expire, or the request names a version.
   */
  public static @Nullable String of(S3Store store, S3Request request, ObjectRow row) {
    return request.query().has("versionId")
        ? null
        : of(store.buckets().find(request.bucket()), request.key(), row);
  }

  /** The headers that tell when a rule aborts an upload; none when no rule does so. */
  public static Map<String, String> ofUpload(Bucket bucket, String key, long initiatedMicros) {
    LifecycleRules rules = new LifecycleRules(bucket.row(), DayLength.CALENDAR, false);
    LifecycleRules.TimedRule abort = rules.isEmpty() ? null : rules.abort(key, initiatedMicros);
    var headers = new LinkedHashMap<String, String>();
    if (abort != null) {
      headers.put("x-amz-abort-date", date(abort));
      headers.put("x-amz-abort-rule-id", encoded(abort.rule().getId()));
    }
    return headers;
  }

  private static String date(LifecycleRules.TimedRule timed) {
    return HttpDates.format(Instant.EPOCH.plus(timed.atMicros(), ChronoUnit.MICROS));
  }

  private static String encoded(String id) {
    return PercentCoding.encode(id.getBytes(StandardCharsets.UTF_8), false);
  }
}
