package rondo.s3.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Lifecycle;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.bucket.BucketLeases;
import rondo.store.row.Bucket;

/**
 * PutBucketLifecycleConfiguration, GetBucketLifecycleConfiguration and DeleteBucketLifecycle. The
 * older PutBucketLifecycle is PutBucketLifecycleConfiguration with a prefix in place of a filter.
 * Thread-safe.
 */
public final class BucketLifecycle {
  private static final String MINIMUM_SIZE = "x-amz-transition-default-minimum-object-size";

  /** A thousand rules of a usual length; the bucket's row is read with every lease. */
  private static final int MOST_BYTES = 512 * 1024;

  /**
   * Longer than the answer takes when a gateway is dead. Rules don't act before their PUT is
   * answered.
   */
  private static final Duration REST = BucketLeases.LEASE.multipliedBy(2);

  private final S3Store store;
  private final LifecycleReader reader;

  public BucketLifecycle(S3Store store, boolean compat) {
    this.store = store;
    this.reader = new LifecycleReader(compat);
  }

  /**
   * @throws S3Exception NoSuchLifecycleConfiguration
   */
  public S3Response get(S3Request request) {
    BucketRow row = store.freshBucket(request, Action.GET_LIFECYCLE_CONFIGURATION).row();
    if (!row.hasLifecycle()) {
      throw new S3Exception(S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION);
    }
    return S3Response.document(LifecycleConfiguration.of(row.getLifecycle()))
        .header(MINIMUM_SIZE, MinimumSize.of(row.getLifecycle()).word());
  }

  /**
   * @throws S3Exception MalformedXML, InvalidArgument, InvalidRequest, NotImplemented
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_LIFECYCLE_CONFIGURATION);
    MinimumSize minimum = MinimumSize.ofHeader(request.header(MINIMUM_SIZE));
    Lifecycle rules = reader.read(Xml.tree(BodyReader.document(request, MOST_BYTES)));
    // Marked before the change, so that no rules are ever overlooked, and after it, so that none
    // but these count.
    store.lifecycles().mark(bucket, REST);
    change(bucket, rules.toBuilder().setMinimumSize(minimum.word()).build());
    store.lifecycles().mark(bucket, REST);
    return S3Response.ok().header(MINIMUM_SIZE, minimum.word());
  }

  public S3Response delete(S3Request request) {
    change(store.freshBucket(request, Action.PUT_LIFECYCLE_CONFIGURATION), null);
    return S3Response.of(204);
  }

  private void change(Bucket bucket, @Nullable Lifecycle lifecycle) {
    store
        .buckets()
        .change(
            bucket,
            row ->
                lifecycle == null
                    ? row.toBuilder().clearLifecycle().build()
                    : row.toBuilder().setLifecycle(lifecycle).build());
  }
}
