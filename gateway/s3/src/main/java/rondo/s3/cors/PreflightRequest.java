package rondo.s3.cors;

import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.CorsRules;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.StoreException;

/** Answers a browser's preflight request, which is never signed. Thread-safe. */
public final class PreflightRequest {
  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");

  private final S3Store store;

  public PreflightRequest(S3Store store) {
    this.store = store;
  }

  /**
   * @throws S3Exception BadRequest, AccessForbidden
   */
  public S3Response answer(S3Request request) {
    OriginRequest origin = OriginRequest.of(request.wire());
    if (origin == null) {
      throw new S3Exception(
          S3Error.BAD_REQUEST, "Insufficient information. Origin request header needed.");
    }
    BucketRow bucket = bucket(request);
    if (bucket == null || !bucket.hasCors()) {
      throw forbidden(
          origin.method(), "BUCKET", "CORSResponse: CORS is not enabled for this bucket.");
    }
    String method = request.header(OriginRequest.METHOD);
    if (method == null || !METHODS.contains(method)) {
      throw new S3Exception(
          S3Error.BAD_REQUEST, "Invalid Access-Control-Request-Method: " + method);
    }
    CorsRules.Rule rule = CorsMatcher.rule(bucket.getCors(), origin);
    if (rule == null) {
      throw forbidden(
          method,
          request.address().key() == null ? "BUCKET" : "OBJECT",
          "CORSResponse: This CORS request is not allowed. This is usually because the evalution of"
              + " Origin, request method / Access-Control-Request-Method or"
              + " Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");
    }
    return S3Response.ok()
        .headers(CorsMatcher.headers(rule, origin))
        .header("Access-Control-Allow-Headers", CorsMatcher.list(origin.headers()));
  }

  private @Nullable BucketRow bucket(S3Request request) {
    String name = request.address().bucket();
    if (name == null) {
      return null;
    }
    try {
      return store.buckets().find(name).row();
    } catch (StoreException refused) {
      // Whether a bucket is there is told to no page of another origin.
      if (refused.reason() == StoreException.Reason.NO_SUCH_BUCKET) {
        return null;
      }
      throw refused;
    }
  }

  private static S3Exception forbidden(String method, String resource, String message) {
    var details = new LinkedHashMap<String, String>();
    details.put("Method", method);
    details.put("ResourceType", resource);
    return new S3Exception(S3Error.ACCESS_FORBIDDEN, message, details);
  }
}
