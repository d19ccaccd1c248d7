package rondo.s3.bucket;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import rondo.metadata.rows.BucketRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;
import rondo.s3.policy.PublicPolicy;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** PutBucketPolicy, GetBucketPolicy and DeleteBucketPolicy. Thread-safe. */
public final class BucketPolicy {
  /** Exceeds the limit for policies, so that a policy above that limit gets its own error. */
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;

  public BucketPolicy(S3Store store) {
    this.store = store;
  }

  /**
   * Answers with the document as it was put.
   *
   * @throws S3Exception NoSuchBucketPolicy, NoSuchBucket, AccessDenied
   */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_POLICY);
    return S3Response.ok()
        .header("Content-Type", "application/json")
        .with(new S3Response.Content.Bytes(Buffer.buffer(document(bucket))));
  }

  /**
   * The document of the bucket's policy.
   *
   * @throws S3Exception NoSuchBucketPolicy
   */
  static String document(Bucket bucket) {
    String document = bucket.row().getPolicy();
    if (document.isEmpty()) {
      throw new S3Exception(
          S3Error.NO_SUCH_BUCKET_POLICY,
          S3Error.NO_SUCH_BUCKET_POLICY.message(),
          java.util.Map.of("BucketName", bucket.name()));
    }
    return document;
  }

  /**
   * Sets the bucket's policy.
   *
   * @throws S3Exception MalformedPolicy, AccessDenied for a public policy where these are blocked
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_POLICY);
    String document = text(BodyReader.document(request, MOST_BYTES));
    boolean isPublic = PublicPolicy.isPublic(read(document, bucket.name()));
    store
        .buckets()
        .change(
            bucket,
            row -> {
              checkPublic(isPublic, row);
              return row.toBuilder().setPolicy(document).build();
            });
    return S3Response.of(204);
  }

  private Policy read(String document, String bucket) {
    boolean compat = store.acls().grants().compat();
    try {
      PolicyReader reader =
          Difference.POLICY_PRINCIPALS.in(compat)
              ? PolicyReader.ofOlderTools()
              : PolicyReader.ofResource(store.acls()::isAccount);
      Policy policy = reader.read(document);
      new BucketPolicyRules(bucket, compat).check(policy);
      return policy;
    } catch (PolicyException malformed) {
      throw new S3Exception(S3Error.MALFORMED_POLICY, malformed.message());
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new S3Exception(S3Error.MALFORMED_POLICY, "This policy contains invalid Json");
    }
  }

  private static void checkPublic(boolean isPublic, BucketRow row) {
    if (isPublic && row.getPublicAccessBlock().getBlockPublicPolicy()) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED,
          "Public policies are blocked by the bucket's public access block (BlockPublicPolicy).");
    }
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.DELETE_BUCKET_POLICY);
    store.buckets().change(bucket, row -> row.toBuilder().clearPolicy().build());
    return S3Response.of(204);
  }
}
