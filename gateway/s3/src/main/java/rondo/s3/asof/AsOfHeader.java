package rondo.s3.asof;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.S3Request;

/**
 * The header by which a request reads a bucket as of an earlier time. Only GetObject, HeadObject,
 * ListObjects and ListObjectsV2 take it. Pure.
 */
public final class AsOfHeader {
  /** Holds a time as {@link AsOfTime} reads it. */
  public static final String NAME = "x-rondo-as-of";

  private AsOfHeader() {}

  /**
   * Requires that a request with the header is one that can be answered as of another time.
   *
   * @throws S3Exception InvalidArgument, AccessDenied, InvalidRequest
   */
  public static void check(Operation operation, S3Request request) {
    String value = request.header(NAME);
    if (value == null) {
      return;
    }
    micros(request);
    if (operation != BucketOperation.LIST_OBJECTS
        && operation != BucketOperation.LIST_OBJECTS_V2
        && operation != ObjectOperation.GET_OBJECT
        && operation != ObjectOperation.HEAD_OBJECT) {
      throw invalid("only GetObject, HeadObject, ListObjects and ListObjectsV2 take it");
    }
    if (request.query().has("versionId")) {
      throw invalid("a request names a time or a version, not both");
    }
    if (request.caller() == null || !isSigned(request)) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED, NAME + ": the header has to be signed by an access key");
    }
  }

  /**
   * The time, in microseconds since 1970; null when the request reads what is there now.
   *
   * @throws S3Exception InvalidArgument
   */
  public static @Nullable Long micros(S3Request request) {
    String value = request.header(NAME);
    if (value == null) {
      return null;
    }
    Long micros = AsOfTime.micros(value);
    if (micros == null) {
      throw S3Exception.argument(
          NAME,
          value,
          "It is a time with its zone, such as 2026-12-01T10:00:00Z or Tue, 01 Dec 2026 10:00:00"
              + " GMT.");
    }
    return micros;
  }

  /** The holder of a presigned URL sends headers of its own choice: only signed ones count. */
  private static boolean isSigned(S3Request request) {
    if (!request.query().has("X-Amz-Signature")) {
      return !request.query().has("Signature");
    }
    String signed = request.query().value("X-Amz-SignedHeaders", "");
    return Arrays.asList(signed.toLowerCase(Locale.ROOT).split(";")).contains(NAME);
  }

  private static S3Exception invalid(String why) {
    return new S3Exception(S3Error.INVALID_REQUEST, NAME + ": " + why);
  }
}
