package rondo.s3.http;

import java.util.HashMap;
import java.util.Map;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * Turns a refusal of today's S3 into that of profile compat, where the two differ: {@link
 * rondo.s3.error.Difference#IMPOSSIBLE_CHECKSUM}, {@link rondo.s3.error.Difference#MISSING_PART},
 * {@link rondo.s3.error.Difference#EXPECTED_OWNER}, {@link rondo.s3.error.Difference#NO_PARTS},
 * {@link rondo.s3.error.Difference#COPY_RANGE} and {@link
 * rondo.s3.error.Difference#DELETE_MARKER_HEADER}. Pure.
 */
final class CompatErrors {
  private static final Map<S3Error, S3Error> TABLE =
      Map.of(
          // A checksum that can't be one of its algorithm.
          S3Error.INVALID_CHECKSUM, S3Error.BAD_DIGEST,
          // GET with the partNumber of a part that the object doesn't have.
          S3Error.INVALID_PART_NUMBER, S3Error.INVALID_PART,
          // An owner that can't be an account.
          S3Error.INVALID_BUCKET_OWNER_ACCOUNT_ID, S3Error.ACCESS_DENIED,
          // A completion without a document.
          S3Error.NO_PARTS, S3Error.MALFORMED_XML,
          // A part that is copied from behind the source's end.
          S3Error.INVALID_COPY_RANGE, S3Error.INVALID_RANGE);

  private CompatErrors() {}

  /** Older gateways say explicitly that there is no delete marker; S3 leaves the header out. */
  private static final Map<S3Error, Map<String, String>> HEADERS =
      Map.of(S3Error.NO_SUCH_KEY, Map.of("x-amz-delete-marker", "false"));

  static S3Exception of(S3Exception today) {
    S3Error error = TABLE.getOrDefault(today.error(), today.error());
    var headers = new HashMap<>(HEADERS.getOrDefault(today.error(), Map.of()));
    headers.putAll(today.headers());
    return new S3Exception(error, today.message(), today.details(), headers);
  }
}
