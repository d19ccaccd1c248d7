package rondo.s3.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** Reads {@code x-amz-content-sha256}. */
final class PayloadHeader {
  static final String HEADER = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private PayloadHeader() {}

  /** The value that stands for the body in what was signed. */
  static String text(SignedRequest request, boolean presigned) {
    String header = request.header(HEADER);
    if (header != null) {
      return header.strip();
    }
    if (presigned) {
      return PercentCoding.parameter(request.rawQuery(), "X-Amz-Content-Sha256").orElse(UNSIGNED);
    }
    throw new S3Exception(
        S3Error.INVALID_REQUEST, "Missing required header for this request: " + HEADER);
  }

  static PayloadMode mode(String text) {
    return switch (text) {
      case UNSIGNED -> new PayloadMode.Unsigned();
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new PayloadMode.SignedChunks(false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new PayloadMode.SignedChunks(true);
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new PayloadMode.UnsignedChunks();
      default -> literal(text);
    };
  }

  private static PayloadMode literal(String text) {
    if (text.matches("[0-9a-fA-F]{64}")) {
      return new PayloadMode.Literal(text.toLowerCase(Locale.ROOT));
    }
    var details = new LinkedHashMap<String, String>();
    details.put("ArgumentName", HEADER);
    details.put("ArgumentValue", text);
    throw new S3Exception(
        S3Error.INVALID_ARGUMENT,
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or"
            + " a valid sha256 value.",
        details);
  }

  /** The mode of a request without a signature of version 4: nothing signs its chunks. */
  static PayloadMode unauthenticated(SignedRequest request) {
    String header = request.header(HEADER);
    PayloadMode mode = header == null ? new PayloadMode.Unsigned() : mode(header.strip());
    if (mode instanceof PayloadMode.SignedChunks) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "A body of signed chunks needs a signed request.");
    }
    return mode;
  }
}
