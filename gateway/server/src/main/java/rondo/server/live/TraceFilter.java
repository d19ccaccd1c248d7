package rondo.server.live;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import rondo.s3.logging.EndedRequest;
import rondo.server.api.ApiCall;

/**
 * Chooses requests. An empty word takes all.
 *
 * @param operation S3's name for it, in any case, such as GetObject
 * @param status a number, or the beginning of one: 5 takes every error of the server
 * @param slowerNanos the least time that a request took
 */
record TraceFilter(
    String operation, String bucket, String identity, String status, long slowerNanos) {
  static TraceFilter of(ApiCall call) {
    return new TraceFilter(
        plain(call.query("operation", "")),
        call.query("bucket", ""),
        call.query("identity", ""),
        call.query("status", ""),
        TimeUnit.MILLISECONDS.toNanos(Long.parseLong(call.query("slower", "0"))));
  }

  /** GetObject and GET_OBJECT alike. */
  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  boolean takes(EndedRequest request) {
    return (operation.isEmpty() || plain(request.operation().name()).equals(operation))
        && (bucket.isEmpty() || request.bucket().equals(bucket))
        && (identity.isEmpty() || request.account().equals(identity))
        && Integer.toString(request.status()).startsWith(status)
        && request.nanos() >= slowerNanos;
  }
}
