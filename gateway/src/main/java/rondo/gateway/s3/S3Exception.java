package rondo.gateway.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Ends a request with one of S3's errors. Thrown where the client is at fault (or the service can't
 * answer now), rendered by the HTTP front alone. Carries no stack trace: it is an answer, not a
 * defect.
 */
public final class S3Exception extends RuntimeException {
  private final S3Error error;
  private final transient Map<String, String> details;
  private final transient Map<String, String> headers;

  /** With the error's own message. */
  public S3Exception(S3Error error) {
    this(error, error.message());
  }

  public S3Exception(S3Error error, String message) {
    this(error, message, Map.of());
  }

  /**
   * @param details further elements of the error document, in the map's order
   */
  public S3Exception(S3Error error, String message, Map<String, String> details) {
    this(error, message, details, Map.of());
  }

  /**
   * @param details further elements of the error document, in the map's order
   * @param headers of the answer
   */
  public S3Exception(
      S3Error error, String message, Map<String, String> details, Map<String, String> headers) {
    super(message, null, false, false);
    this.error = error;
    this.details = details;
    this.headers = headers;
  }

  /** InvalidArgument, naming the argument. */
  public static S3Exception argument(String name, String value, String message) {
    var details = new LinkedHashMap<String, String>();
    details.put("ArgumentName", name);
    details.put("ArgumentValue", value);
    return new S3Exception(S3Error.INVALID_ARGUMENT, message, details);
  }

  /** NotImplemented, saying what is. */
  public static S3Exception notImplemented(String what) {
    return new S3Exception(S3Error.NOT_IMPLEMENTED, what + " is not implemented.");
  }

  public S3Error error() {
    return error;
  }

  public String message() {
    return Objects.requireNonNull(getMessage());
  }

  public Map<String, String> details() {
    return details;
  }

  /** Headers of the answer, such as the ETag of a 304. */
  public Map<String, String> headers() {
    return headers;
  }
}
