package rondo.s3.error;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the document that refuses it tells of it. One table says which errors name the
 * bucket, the key or the method; what else a document has is a refusal's own. Pure.
 *
 * @param bucket null where the request names none
 * @param key null where the request names none
 * @param uploadId null where the request names none
 * @param control whether it is a request of S3 Control, whose document wraps the error
 */
public record RefusedRequest(
    String method,
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String uploadId,
    boolean control) {
  private static final Map<S3Error, List<String>> FIELDS = fields();

  /** A request of S3. */
  public RefusedRequest(
      String method, @Nullable String bucket, @Nullable String key, @Nullable String uploadId) {
    this(method, bucket, key, uploadId, false);
  }

  /** A request of which no more than its method could be read. */
  public static RefusedRequest unread(String method) {
    return new RefusedRequest(method, null, null, null);
  }

  /** This request as one of S3 Control. */
  public RefusedRequest ofControl() {
    return new RefusedRequest(method, bucket, key, uploadId, true);
  }

  private static Map<S3Error, List<String>> fields() {
    var fields = new EnumMap<S3Error, List<String>>(S3Error.class);
    for (S3Error error :
        List.of(
            S3Error.BUCKET_ALREADY_EXISTS,
            S3Error.BUCKET_ALREADY_OWNED_BY_YOU,
            S3Error.BUCKET_NOT_EMPTY,
            S3Error.INVALID_BUCKET_NAME,
            S3Error.NO_SUCH_BUCKET,
            S3Error.NO_SUCH_BUCKET_POLICY,
            S3Error.NO_SUCH_CORS_CONFIGURATION,
            S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION,
            S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION,
            S3Error.NO_SUCH_TAG_SET,
            S3Error.NO_SUCH_WEBSITE_CONFIGURATION,
            S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND_ERROR,
            S3Error.OWNERSHIP_CONTROLS_NOT_FOUND_ERROR,
            S3Error.REPLICATION_CONFIGURATION_NOT_FOUND_ERROR,
            S3Error.SERVER_SIDE_ENCRYPTION_CONFIGURATION_NOT_FOUND_ERROR)) {
      fields.put(error, List.of("BucketName"));
    }
    fields.put(S3Error.CONDITIONAL_REQUEST_CONFLICT, List.of("Condition", "Key"));
    fields.put(S3Error.INVALID_PART, List.of("ETag", "PartNumber", "UploadId"));
    fields.put(S3Error.INVALID_PART_ORDER, List.of("UploadId"));
    fields.put(S3Error.NO_SUCH_UPLOAD, List.of("UploadId"));
    fields.put(S3Error.NO_SUCH_KEY, List.of("Key"));
    fields.put(S3Error.NO_SUCH_VERSION, List.of("Key", "VersionId"));
    fields.put(S3Error.ACCESS_FORBIDDEN, List.of("Method", "ResourceType"));
    fields.put(S3Error.METHOD_NOT_ALLOWED, List.of("Method", "ResourceType"));
    return fields;
  }

  /** What the refusal's document has beside code and message: by name, in S3's order. */
  public Map<String, String> details(S3Exception refusal) {
    var details = new LinkedHashMap<String, String>();
    for (String field : FIELDS.getOrDefault(refusal.error(), List.of())) {
      String own = refusal.details().get(field);
      String told = own == null ? ofRequest(field) : own;
      if (told != null) {
        details.put(field, told);
      }
    }
    details.putAll(refusal.details());
    return details;
  }

  private @Nullable String ofRequest(String field) {
    return switch (field) {
      case "BucketName" -> bucket;
      case "Key" -> key;
      case "UploadId" -> uploadId;
      case "Method" -> method;
      case "ResourceType" -> bucket == null ? "SERVICE" : key == null ? "BUCKET" : "OBJECT";
      default -> null;
    };
  }
}
