package rondo.s3.access;

import java.util.regex.Pattern;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/**
 * The account that a request expects to own a bucket ("Verifying bucket ownership with bucket owner
 * condition", Amazon S3 user guide). Pure.
 *
 * @param header that names the account
 */
public record ExpectedOwner(String header) {
  /** Of the bucket that the request names. */
  static final ExpectedOwner OF_BUCKET = new ExpectedOwner("x-amz-expected-bucket-owner");

  /** Of the bucket that a copy is made from. */
  public static final ExpectedOwner OF_SOURCE =
      new ExpectedOwner("x-amz-source-expected-bucket-owner");

  /** Twelve digits at AWS; here also the canonical id that owners are told by. */
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}|[0-9a-f]{64}");

  /**
   * @throws S3Exception InvalidBucketOwnerAWSAccountID for what can't be an account's, AccessDenied
   *     for another account's than the owner's
   */
  public void require(S3Request request, Bucket bucket) {
    String owner = request.header(header);
    if (owner == null || owner.equals(bucket.owner())) {
      return;
    }
    throw new S3Exception(
        ACCOUNT.matcher(owner).matches()
            ? S3Error.ACCESS_DENIED
            : S3Error.INVALID_BUCKET_OWNER_ACCOUNT_ID);
  }
}
