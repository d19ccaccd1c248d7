package rondo.gateway.http;

import java.util.Map;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;

/**
 * Where profile compat answers with another error than today's S3: one table, a line for each.
 * Pure.
 */
final class OlderErrors {
  private static final Map<S3Error, S3Error> TABLE =
      Map.of(
          // A part that an object doesn't have, by GET with partNumber.
          S3Error.INVALID_PART_NUMBER, S3Error.INVALID_PART);

  private OlderErrors() {}

  static S3Exception of(S3Exception today) {
    S3Error older = TABLE.get(today.error());
    return older == null ? today : new S3Exception(older, today.message(), today.details());
  }
}
