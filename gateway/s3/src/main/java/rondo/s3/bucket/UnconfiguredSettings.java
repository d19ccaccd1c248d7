package rondo.s3.bucket;

import org.jspecify.annotations.Nullable;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;

/**
 * Answers for settings of S3 that no bucket has here, as S3 does where they aren't set: tools that
 * keep a record of buckets read them all. Setting them is not implemented. Thread-safe.
 */
public final class UnconfiguredSettings {
  private static final String DISABLED = "Disabled";
  private static final int MOST_BYTES = 8 * 1024;

  private final S3Store store;

  public UnconfiguredSettings(S3Store store) {
    this.store = store;
  }

  record AccelerateConfiguration() {}

  record NotificationConfiguration() {}

  /** Whether policies see the bucket's tags. */
  record AbacStatus(@Nullable String status) {}

  record ListBucketAnalyticsConfigurationResult(boolean isTruncated) {}

  record ListInventoryConfigurationsResult(boolean isTruncated) {}

  record ListMetricsConfigurationsResult(boolean isTruncated) {}

  record ListBucketIntelligentTieringConfigurationsOutput(boolean isTruncated) {}

  public S3Response acceleration(S3Request request) {
    return answer(request, Action.GET_ACCELERATE_CONFIGURATION, new AccelerateConfiguration());
  }

  public S3Response notification(S3Request request) {
    return answer(request, Action.GET_BUCKET_NOTIFICATION, new NotificationConfiguration());
  }

  public S3Response attributes(S3Request request) {
    return answer(request, Action.GET_BUCKET_ABAC, new AbacStatus(DISABLED));
  }

  /**
   * What holds anyway can be said.
   *
   * @throws S3Exception MalformedXML, NotImplemented
   */
  public S3Response putAttributes(S3Request request) {
    store.freshBucket(request, Action.PUT_BUCKET_ABAC);
    String status = Xml.read(BodyReader.document(request, MOST_BYTES), AbacStatus.class).status();
    return switch (status) {
      case DISABLED -> S3Response.ok();
      case "Enabled" -> throw S3Exception.notImplemented("Access by the tags of buckets");
      case null, default -> throw new S3Exception(S3Error.MALFORMED_XML);
    };
  }

  public S3Response analytics(S3Request request) {
    return list(
        request,
        Action.GET_ANALYTICS_CONFIGURATION,
        new ListBucketAnalyticsConfigurationResult(false));
  }

  public S3Response inventory(S3Request request) {
    return list(
        request, Action.GET_INVENTORY_CONFIGURATION, new ListInventoryConfigurationsResult(false));
  }

  public S3Response metrics(S3Request request) {
    return list(
        request, Action.GET_METRICS_CONFIGURATION, new ListMetricsConfigurationsResult(false));
  }

  public S3Response tiering(S3Request request) {
    return list(
        request,
        Action.GET_INTELLIGENT_TIERING_CONFIGURATION,
        new ListBucketIntelligentTieringConfigurationsOutput(false));
  }

  /**
   * @throws S3Exception ReplicationConfigurationNotFoundError
   */
  public S3Response replication(S3Request request) {
    store.freshBucket(request, Action.GET_REPLICATION_CONFIGURATION);
    throw new S3Exception(S3Error.REPLICATION_CONFIGURATION_NOT_FOUND_ERROR);
  }

  /** The request names one configuration by its id, or lists them all. */
  private S3Response list(S3Request request, Action action, Object unset) {
    S3Response answer = answer(request, action, unset);
    if (request.query().has("id")) {
      throw new S3Exception(S3Error.NO_SUCH_CONFIGURATION);
    }
    return answer;
  }

  private S3Response answer(S3Request request, Action action, Object unset) {
    store.freshBucket(request, action);
    return S3Response.document(unset);
  }
}
