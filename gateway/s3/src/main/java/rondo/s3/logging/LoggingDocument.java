package rondo.s3.logging;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Logging;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The document of GetBucketLogging and PutBucketLogging. Pure. */
final class LoggingDocument {
  private static final Set<String> DATES = Set.of("EventTime", "DeliveryTime");
  private static final int LONGEST_PREFIX = 800;

  private LoggingDocument() {}

  record BucketLoggingStatus(@Nullable LoggingEnabled loggingEnabled) {}

  record LoggingEnabled(
      @Nullable String targetBucket,
      @Nullable TargetGrants targetGrants,
      @Nullable String targetPrefix,
      @Nullable KeyFormat targetObjectKeyFormat) {}

  record TargetGrants(@Nullable List<Object> grant) {}

  /** The format of log keys; a document has one of the two. */
  record KeyFormat(@Nullable String simplePrefix, @Nullable PartitionedPrefix partitionedPrefix) {}

  record PartitionedPrefix(@Nullable String partitionDateSource) {}

  /**
   * The settings of a document; null when it turns logging off.
   *
   * @param compat whether grants are ignored, as older gateways do; S3 gives them to the log
   *     objects
   * @throws S3Exception MalformedXML, InvalidArgument, NotImplemented
   */
  static @Nullable Logging settings(BucketLoggingStatus document, boolean compat) {
    LoggingEnabled enabled = document.loggingEnabled();
    if (enabled == null) {
      return null;
    }
    if (enabled.targetBucket() == null || enabled.targetPrefix() == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (enabled.targetPrefix().length() > LONGEST_PREFIX) {
      throw S3Exception.argument(
          "TargetPrefix", enabled.targetPrefix(), "The target prefix is too long.");
    }
    if (enabled.targetGrants() != null && !compat) {
      throw S3Exception.notImplemented("TargetGrants");
    }
    return Logging.newBuilder()
        .setTargetBucket(enabled.targetBucket())
        .setTargetPrefix(enabled.targetPrefix())
        .setPartitionDate(partitionDate(enabled.targetObjectKeyFormat()))
        .setKeyFormat(enabled.targetObjectKeyFormat() != null)
        .build();
  }

  private static String partitionDate(@Nullable KeyFormat format) {
    if (format == null || format.partitionedPrefix() == null) {
      return "";
    }
    String date =
        Objects.requireNonNullElse(
            format.partitionedPrefix().partitionDateSource(), "DeliveryTime");
    if (format.simplePrefix() != null || !DATES.contains(date)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return date;
  }

  /**
   * The document of the settings; of null, the document of a bucket without logging.
   *
   * @param compat whether the document has a key format even when none was chosen
   */
  static BucketLoggingStatus document(@Nullable Logging logging, boolean compat) {
    if (logging == null) {
      return new BucketLoggingStatus(null);
    }
    String date = logging.getPartitionDate();
    KeyFormat format =
        date.isEmpty() ? new KeyFormat("", null) : new KeyFormat(null, new PartitionedPrefix(date));
    return new BucketLoggingStatus(
        new LoggingEnabled(
            logging.getTargetBucket(),
            null,
            logging.getTargetPrefix(),
            logging.getKeyFormat() || compat ? format : null));
  }
}
