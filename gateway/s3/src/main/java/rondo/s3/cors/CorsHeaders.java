package rondo.s3.cors;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.CorsRules;
import rondo.s3.access.S3Store;
import rondo.s3.auth.SignedRequest;
import rondo.store.row.Bucket;

/** The CORS headers of every answer, including errors. Thread-safe. */
public final class CorsHeaders {
  private final S3Store store;

  public CorsHeaders(S3Store store) {
    this.store = store;
  }

  /**
   * The headers of an answer; none where no rule allows the request. A request of no other origin
   * causes no reading of the bucket for this.
   *
   * @param name of the bucket; null when the request names none
   * @throws rondo.s3.error.S3Exception when the bucket can't be read
   * @throws rondo.store.row.StoreException NO_SUCH_BUCKET
   */
  public Map<String, String> of(SignedRequest request, @Nullable String name) {
    if (name == null || request.method().equals("OPTIONS")) {
      return Map.of();
    }
    OriginRequest origin = OriginRequest.of(request);
    if (origin == null) {
      return Map.of();
    }
    Bucket bucket = store.buckets().find(name);
    CorsRules.Rule rule = CorsMatcher.rule(bucket.row().getCors(), origin);
    return rule == null ? Map.of() : CorsMatcher.headers(rule, origin);
  }
}
