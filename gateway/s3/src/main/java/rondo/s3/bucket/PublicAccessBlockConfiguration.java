package rondo.s3.bucket;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.PublicAccessBlock;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/**
 * PutPublicAccessBlock, GetPublicAccessBlock and DeletePublicAccessBlock, with their document.
 * Thread-safe.
 */
public record PublicAccessBlockConfiguration(
    @Nullable Boolean blockPublicAcls,
    @Nullable Boolean ignorePublicAcls,
    @Nullable Boolean blockPublicPolicy,
    @Nullable Boolean restrictPublicBuckets) {
  private static final int MOST_BYTES = 16 * 1024;

  /**
   * @throws S3Exception NoSuchPublicAccessBlockConfiguration, NoSuchBucket, AccessDenied
   */
  public static S3Response get(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_PUBLIC_ACCESS_BLOCK);
    if (!bucket.row().hasPublicAccessBlock()) {
      throw new S3Exception(S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION);
    }
    PublicAccessBlock row = bucket.row().getPublicAccessBlock();
    return S3Response.document(
        new PublicAccessBlockConfiguration(
            row.getBlockPublicAcls(),
            row.getIgnorePublicAcls(),
            row.getBlockPublicPolicy(),
            row.getRestrictPublicBuckets()));
  }

  /**
   * @throws S3Exception MalformedXML
   */
  public static S3Response put(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_PUBLIC_ACCESS_BLOCK);
    byte[] document = BodyReader.document(request, MOST_BYTES);
    PublicAccessBlock row = Xml.read(document, PublicAccessBlockConfiguration.class).row();
    store.buckets().change(bucket, before -> before.toBuilder().setPublicAccessBlock(row).build());
    return S3Response.ok();
  }

  private PublicAccessBlock row() {
    return PublicAccessBlock.newBuilder()
        .setBlockPublicAcls(Boolean.TRUE.equals(blockPublicAcls))
        .setIgnorePublicAcls(Boolean.TRUE.equals(ignorePublicAcls))
        .setBlockPublicPolicy(Boolean.TRUE.equals(blockPublicPolicy))
        .setRestrictPublicBuckets(Boolean.TRUE.equals(restrictPublicBuckets))
        .build();
  }

  /** Removes the public access block; succeeds also where there is none. */
  public static S3Response delete(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_PUBLIC_ACCESS_BLOCK);
    store.buckets().change(bucket, row -> row.toBuilder().clearPublicAccessBlock().build());
    return S3Response.of(204);
  }
}
