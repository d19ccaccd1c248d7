package rondo.gateway.s3.cors;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.SignedRequest;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.CorsRules;

/** What every answer says to other origins, refusals as well. Thread-safe. */
public final class CorsHeaders {
  private final S3Store store;

  public CorsHeaders(S3Store store) {
    this.store = store;
  }

  /**
   * The headers of an answer; none where the bucket has no rules. Who is of no other origin causes
   * no reading of the bucket for this.
   *
   * @throws rondo.gateway.s3.S3Exception NoSuchBucket, or when the bucket can't be read
   */
  public Map<String, String> of(SignedRequest request, @Nullable String name) {
    if (name == null || request.method().equals("OPTIONS")) {
      return Map.of();
    }
    Origin origin = Origin.of(request);
    Bucket bucket = origin == null ? store.buckets().leased(name) : store.buckets().find(name);
    if (bucket == null || !bucket.row().hasCors()) {
      return Map.of();
    }
    CorsRules.Rule rule = origin == null ? null : Cors.rule(bucket.row().getCors(), origin);
    return origin == null || rule == null ? Cors.VARY : Cors.headers(rule, origin);
  }
}
