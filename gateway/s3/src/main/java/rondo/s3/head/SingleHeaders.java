package rondo.s3.head;

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
public final class SingleHeaders {
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
   * Checks a request's headers, in any case, and its query, which may be percent-encoded.
   *
   * @throws S3Exception InvalidRequest
   */
  public static void check(List<Map.Entry<String, String>> headers, String rawQuery) {
    check(
        headers.stream().map(header -> header.getKey().toLowerCase(Locale.ROOT)).toList(), HEADERS);
    List<String> parameters =
        PercentCoding.canonicalParameters(rawQuery).stream().map(Map.Entry::getKey).toList();
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
