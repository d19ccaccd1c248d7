package rondo.s3.bucket;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectLock;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AclWriter;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** CreateBucket: names are unique through a conditional write. */
public final class CreateBucket {
  /** Where a second CreateBucket by the owner has always succeeded. */
  private static final String FIRST_REGION = "us-east-1";

  private static final int MOST_BYTES = 16 * 1024;

  private final S3Store store;
  private final String region;
  private final boolean compat;

  public CreateBucket(S3Store store, String region, boolean compat) {
    this.store = store;
    this.region = region;
    this.compat = compat;
  }

  record CreateBucketConfiguration(
      @Nullable String locationConstraint, @Nullable Object location, @Nullable Object bucket) {}

  public S3Response answer(S3Request request) {
    Identity caller = request.caller();
    if (caller == null) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    store.access().requireOfUser(request, request.bucket(), Action.CREATE_BUCKET);
    checkLocation(request);
    BucketRow.Builder wanted =
        BucketRow.newBuilder().setOwner(caller.accountId()).setRegion(region);
    store.acls().own(wanted, request);
    if ("true".equalsIgnoreCase(request.header("x-amz-bucket-object-lock-enabled"))) {
      wanted
          .setVersioning(BucketRow.Versioning.ENABLED)
          .setObjectLock(ObjectLock.getDefaultInstance());
    }
    Bucket there = store.buckets().create(request.bucket(), wanted.build());
    if (there != null) {
      refuse(there, caller, wanted.build());
    }
    return S3Response.ok()
        .header("Location", "/" + request.bucket())
        .header("x-amz-bucket-arn", BucketName.arn(request.bucket()));
  }

  private void refuse(Bucket there, Identity caller, BucketRow wanted) {
    boolean mine = there.owner().equals(caller.accountId());
    // Older tools make a bucket again, and expect to be told when it has other grants.
    if (!mine || (Difference.BUCKET_AGAIN.in(compat) && !AclWriter.same(there.row(), wanted))) {
      throw new S3Exception(
          S3Error.BUCKET_ALREADY_EXISTS,
          S3Error.BUCKET_ALREADY_EXISTS.message(),
          Map.of("BucketName", there.name()));
    }
    if (there.isDeleting()) {
      throw new S3Exception(S3Error.OPERATION_ABORTED);
    }
    if (!Difference.BUCKET_AGAIN.in(compat) && !region.equals(FIRST_REGION)) {
      throw new S3Exception(
          S3Error.BUCKET_ALREADY_OWNED_BY_YOU,
          S3Error.BUCKET_ALREADY_OWNED_BY_YOU.message(),
          Map.of("BucketName", there.name()));
    }
  }

  private void checkLocation(S3Request request) {
    byte[] body = BodyReader.document(request, MOST_BYTES);
    if (body.length == 0) {
      return;
    }
    CreateBucketConfiguration wanted = Xml.read(body, CreateBucketConfiguration.class);
    if (wanted.location() != null || wanted.bucket() != null) {
      throw S3Exception.notImplemented("A directory bucket");
    }
    String location = wanted.locationConstraint();
    if (location != null && !location.isEmpty() && !location.equals(region)) {
      throw new S3Exception(
          S3Error.ILLEGAL_LOCATION_CONSTRAINT,
          "The "
              + location
              + " location constraint is incompatible for the region specific endpoint this"
              + " request was sent to.");
    }
  }
}
