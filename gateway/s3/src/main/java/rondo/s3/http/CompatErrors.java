package rondo.s3.http;

import java.util.HashMap;
import java.util.Map;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The refusals of profile compat, where they are others than today's S3's: {@link
 * rondo.s3.error.Difference#IMPOSSIBLE_CHECKSUM}, {@link rondo.s3.error.Difference#MISSING_PART}
 * and {@link rondo.s3.error.Difference#DELETE_MARKER_HEADER}. Pure.
 */
final class CompatErrors {
  private static final Map<S3Error, S3Error> TABLE =
      Map.of(
          // A checksum that can't be one of its algorithm.
          S3Error.INVALID_CHECKSUM, S3Error.BAD_DIGEST,
          // A part that an object doesn't have, by GET with partNumber.
          S3Error.INVALID_PART_NUMBER, S3Error.INVALID_PART);

  private CompatErrors() {}

  /** Where S3 says nothing of delete markers, older gateways say that there is none. */
  private static final Map<S3Error, Map<String, String>> HEADERS =
      Map.of(S3Error.NO_SUCH_KEY, Map.of("x-amz-delete-marker", "false"));

  static S3Exception of(S3Exception today) {
    S3Error error = TABLE.getOrDefault(today.error(), today.error());
    var headers = new HashMap<>(HEADERS.getOrDefault(today.error(), Map.of()));
    headers.putAll(today.headers());
    return new S3Exception(error, today.message(), today.details(), headers);
  }
}
