package rondo.s3.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * Refuses requests that authenticate themselves twice. Of two headers, a proxy in front may have
 * looked at the one and this server at the other. Pure.
 */
final class SingleHeaders {
  private static final Set<String> HEADERS =
      Set.of(
          "authorization",
          "content-md5",
          "date",
          "host",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-security-token");

  /** The parameters of a presigned URL that stand for them. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "AWSAccessKeyId",
          "Expires",
          "Signature",
          "X-Amz-Algorithm",
          "X-Amz-Content-Sha256",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-Security-Token",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders");

  private SingleHeaders() {}

  /**
   * @throws S3Exception InvalidRequest
   */
  static void check(SignedRequest request) {
    List<String> headers =
        request.headers().stream()
            .map(Map.Entry::getKey)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    check(headers, HEADERS);
    List<String> parameters =
        PercentCoding.canonicalParameters(request.rawQuery()).stream()
            .map(Map.Entry::getKey)
            .toList();
    check(parameters, PARAMETERS);
  }

  private static void check(List<String> given, Set<String> single) {
    var seen = new HashSet<String>();
    for (String name : given) {
      if (single.contains(name) && !seen.add(name)) {
        throw new S3Exception(S3Error.INVALID_REQUEST, "There is more than one " + name);
      }
    }
  }
}
