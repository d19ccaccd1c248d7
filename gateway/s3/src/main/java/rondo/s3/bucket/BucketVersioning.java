package rondo.s3.bucket;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** GetBucketVersioning and PutBucketVersioning. Thread-safe. */
public final class BucketVersioning {
  private static final int MOST_BYTES = 4 * 1024;
  private static final String ENABLED = "Enabled";
  private static final String SUSPENDED = "Suspended";
  private static final String DISABLED = "Disabled";

  private final S3Store store;

  public BucketVersioning(S3Store store) {
    this.store = store;
  }

  record VersioningConfiguration(
      @Nullable String status, @JsonProperty("MfaDelete") @Nullable String mfaDelete) {}

  /** Answers with an empty document for a bucket that never kept versions. */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_VERSIONING);
    String status =
        switch (bucket.row().getVersioning()) {
          case ENABLED -> ENABLED;
          case SUSPENDED -> SUSPENDED;
          case UNVERSIONED, UNRECOGNIZED -> null;
        };
    return S3Response.document(new VersioningConfiguration(status, null));
  }

  /**
   * Enables or suspends versioning.
   *
   * @throws S3Exception IllegalVersioningConfigurationException; NotImplemented for MFA delete
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_VERSIONING);
    var document =
        Xml.read(BodyReader.document(request, MOST_BYTES), VersioningConfiguration.class);
    if (!Objects.requireNonNullElse(document.mfaDelete(), DISABLED).equals(DISABLED)) {
      throw S3Exception.notImplemented("MfaDelete");
    }
    BucketRow.Versioning versioning = versioning(document.status());
    store.buckets().change(bucket, row -> changed(row, versioning));
    return S3Response.ok();
  }

  private static BucketRow changed(BucketRow row, BucketRow.Versioning versioning) {
    if (row.hasUndeleteWindow()) {
      throw new S3Exception(
          S3Error.INVALID_BUCKET_STATE,
          "The bucket has, or had, an undelete window: its history would come to light as versions."
              + " Copy its objects to a new bucket with versioning.");
    }
    if (row.hasObjectLock() && versioning != BucketRow.Versioning.ENABLED) {
      throw new S3Exception(
          S3Error.INVALID_BUCKET_STATE,
          "An Object Lock configuration is present on this bucket, so the versioning state cannot"
              + " be changed.");
    }
    return row.toBuilder().setVersioning(versioning).build();
  }

  private static BucketRow.Versioning versioning(@Nullable String status) {
    return switch (status) {
      case ENABLED -> BucketRow.Versioning.ENABLED;
      case SUSPENDED -> BucketRow.Versioning.SUSPENDED;
      case null -> throw new S3Exception(S3Error.ILLEGAL_VERSIONING_CONFIGURATION_EXCEPTION);
      default -> throw new S3Exception(S3Error.MALFORMED_XML);
    };
  }
}
