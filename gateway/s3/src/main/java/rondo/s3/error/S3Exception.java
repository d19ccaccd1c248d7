package rondo.s3.error;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.store.row.RefusalException;
import rondo.store.row.StoreException;

/**
 * Ends a request with one of S3's errors, which the HTTP layer alone renders. Thrown where the
 * client is at fault or the service can't answer now. It carries no stack trace, since it is an
 * answer and not a defect.
 */
public final class S3Exception extends RefusalException {
  private final S3Error error;
  private final transient Map<String, String> details;
  private final transient Map<String, String> headers;

  /** Uses the error's usual message. */
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
    super(message);
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

  /** InvalidArgument, naming the argument alone, as S3 does where a value is missing or secret. */
  public static S3Exception argument(String name, String message) {
    return new S3Exception(S3Error.INVALID_ARGUMENT, message, Map.of("ArgumentName", name));
  }

  /**
   * NotImplemented, naming the header that would need it.
   *
   * @param reason null where S3 gives none
   */
  public static S3Exception header(String name, @Nullable String reason) {
    var details = new LinkedHashMap<String, String>();
    details.put("Header", name);
    if (reason != null) {
      details.put("additionalMessage", reason);
    }
    return new S3Exception(
        S3Error.NOT_IMPLEMENTED,
        "A header you provided implies functionality that is not implemented",
        details);
  }

  /** NotImplemented, saying what is. */
  public static S3Exception notImplemented(String what) {
    return new S3Exception(S3Error.NOT_IMPLEMENTED, what + " is not implemented.");
  }

  /**
   * S3's error for a refusal by the store or by one of S3's own conditions.
   *
   * @throws IllegalStateException for a refusal of neither
   */
  public static S3Exception of(RefusalException refusal) {
    return switch (refusal) {
      case S3Exception own -> own;
      case StoreException store -> of(store);
      default -> throw new IllegalStateException("a refusal that S3 has no error for", refusal);
    };
  }

  private static S3Exception of(StoreException refusal) {
    String detail = refusal.detail();
    return switch (refusal.reason()) {
      case NO_SUCH_BUCKET -> with(S3Error.NO_SUCH_BUCKET, "BucketName", detail);
      case NO_SUCH_UPLOAD -> with(S3Error.NO_SUCH_UPLOAD, "UploadId", detail);
      case OTHER_OWNER -> new S3Exception(S3Error.ACCESS_DENIED);
      case LOCKED ->
          new S3Exception(
              S3Error.ACCESS_DENIED, "Access Denied because object protected by object lock.");
      case BUCKET_NOT_EMPTY -> new S3Exception(S3Error.BUCKET_NOT_EMPTY);
      case BUCKET_CHANGED -> new S3Exception(S3Error.OPERATION_ABORTED);
      case QUOTA_EXCEEDED -> new S3Exception(S3Error.QUOTA_EXCEEDED);
      case STORAGE_FULL -> new S3Exception(S3Error.STORAGE_FULL);
      case AVAILABLE_BUCKET -> new S3Exception(S3Error.INVALID_BUCKET_STATE, detail);
      case UNSUPPORTED -> notImplemented(detail);
      case NO_SUCH_LEVEL -> noSuchLevel(detail);
      case NO_HISTORY -> argument("x-rondo-as-of", detail);
      case NO_LEVEL -> noLevel();
      case MALFORMED_VERSION_ID ->
          argument(
              "versionId",
              detail,
              detail.isEmpty()
                  ? "Version id cannot be the empty string"
                  : "Invalid version id specified");
      case DELETE_MARKER ->
          new S3Exception(
              S3Error.METHOD_NOT_ALLOWED,
              S3Error.METHOD_NOT_ALLOWED.message(),
              Map.of("ResourceType", "DeleteMarker"),
              Map.of("x-amz-delete-marker", "true", "Allow", "DELETE"));
      case NOT_DONE ->
          detail.isEmpty()
              ? new S3Exception(S3Error.SLOW_DOWN)
              : new S3Exception(S3Error.SERVICE_UNAVAILABLE, detail);
      case UNKNOWN -> new S3Exception(S3Error.SERVICE_UNAVAILABLE);
      case CONDITION_UNKNOWN -> new S3Exception(S3Error.CONDITIONAL_REQUEST_CONFLICT);
    };
  }

  private static S3Exception noSuchLevel(String level) {
    return argument(
        ConsistencyHeaders.LEVEL, level, "It is one of linearizable, quorum, local_quorum, one");
  }

  private static S3Exception noLevel() {
    return new S3Exception(
        S3Error.INVALID_REQUEST,
        ConsistencyHeaders.LEVEL
            + ": an available bucket is read as far as it can be, at no level");
  }

  private static S3Exception with(S3Error error, String element, String value) {
    return new S3Exception(error, error.message(), Map.of(element, value));
  }

  public S3Error error() {
    return error;
  }

  @Override
  public boolean isFault() {
    return error.status() >= 500;
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
