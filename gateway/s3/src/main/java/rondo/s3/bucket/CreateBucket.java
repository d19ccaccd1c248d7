package rondo.s3.bucket;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectLock;
import rondo.s3.access.Action;
import rondo.s3.access.HeaderRights;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AclWriter;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.TagReader;
import rondo.s3.request.BodyReader;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.TagSet;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** CreateBucket: a conditional write makes names unique. Thread-safe. */
public final class CreateBucket {
  /** The region in which a second CreateBucket by the owner has always succeeded. */
  private static final String FIRST_REGION = "us-east-1";

  /** Where names are the account's own, not everybody's. */
  private static final String LOCKS = "x-amz-bucket-object-lock-enabled";

  private static final String NAMESPACE = "x-amz-bucket-namespace";

  /** Regions of AWS by their form, and the one that has an older name. */
  private static final Pattern REGION =
      Pattern.compile("EU|[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]{4,9}-[0-9]");

  /** Fifty tags of the greatest length, in four bytes a character, and their elements. */
  private static final int MOST_BYTES = 128 * 1024;

  private final S3Store store;
  private final String region;
  private final boolean compat;
  private final int most;

  /**
   * @param most buckets of one account; 0 for any number
   */
  public CreateBucket(S3Store store, String region, boolean compat, int most) {
    this.most = most;
    this.store = store;
    this.region = region;
    this.compat = compat;
  }

  record CreateBucketConfiguration(
      @Nullable String locationConstraint,
      @Nullable Object location,
      @Nullable Object bucket,
      @Nullable TagSet tags) {}

  /**
   * @throws S3Exception AccessDenied, TooManyBuckets, IllegalLocationConstraint,
   *     BucketAlreadyExists, BucketAlreadyOwnedByYou, OperationAborted while the bucket is being
   *     deleted, and the errors of {@link AclWriter#own}
   */
  public S3Response answer(S3Request request) {
    Identity caller = request.caller();
    if (caller == null) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    store.access().requireOfUser(request, request.bucket(), Action.CREATE_BUCKET);
    List<Header> tags = read(request);
    for (Action action : HeaderRights.ofBucket(request, !tags.isEmpty())) {
      store.access().requireOfUser(request, request.bucket(), action);
    }
    BucketRow.Builder wanted =
        BucketRow.newBuilder().setOwner(caller.accountId()).setRegion(region).addAllTags(tags);
    store.acls().own(wanted, request);
    if (hasLocks(request)) {
      wanted
          .setVersioning(BucketRow.Versioning.ENABLED)
          .setObjectLock(ObjectLock.getDefaultInstance());
    }
    requireRoom(caller, request.bucket());
    Bucket there = store.buckets().create(request.bucket(), wanted.build());
    if (there != null) {
      refuse(there, caller, wanted.build());
    }
    return S3Response.ok()
        .header("Location", "/" + request.bucket())
        .header("x-amz-bucket-arn", BucketName.arn(request.bucket()));
  }

  /** What is neither is refused, so that no bucket lacks the locks that its maker meant. */
  private static boolean hasLocks(S3Request request) {
    String asked = request.header(LOCKS);
    if (asked == null || asked.equalsIgnoreCase("false")) {
      return false;
    }
    if (!asked.equalsIgnoreCase("true")) {
      throw S3Exception.argument(LOCKS, asked, "It is true or false.");
    }
    return true;
  }

  /** Buckets that are made at once may exceed the number a little. */
  private void requireRoom(Identity caller, String name) {
    if (most == 0) {
      return;
    }
    List<Bucket> owned = store.buckets().list(caller.accountId(), "", "", most);
    if (owned.size() >= most && owned.stream().noneMatch(bucket -> bucket.name().equals(name))) {
      throw new S3Exception(S3Error.TOO_MANY_BUCKETS);
    }
  }

  private void refuse(Bucket there, Identity caller, BucketRow wanted) {
    boolean mine = there.owner().equals(caller.accountId());
    // Older tools create a bucket again, and expect an error when its ACL would differ.
    if (!mine || (Difference.BUCKET_AGAIN.in(compat) && !AclWriter.same(there.row(), wanted))) {
      throw new S3Exception(
          S3Error.BUCKET_ALREADY_EXISTS,
          S3Error.BUCKET_ALREADY_EXISTS.message(),
          Map.of("BucketName", there.name()));
    }
    if (there.isDeleting()) {
      throw new S3Exception(S3Error.OPERATION_ABORTED);
    }
    boolean silent = region.equals(FIRST_REGION) && wanted.getTagsCount() == 0;
    if (!Difference.BUCKET_AGAIN.in(compat) && !silent) {
      throw new S3Exception(
          S3Error.BUCKET_ALREADY_OWNED_BY_YOU,
          S3Error.BUCKET_ALREADY_OWNED_BY_YOU.message(),
          Map.of("BucketName", there.name()));
    }
  }

  /** The tags that the bucket gets; it has to be one that can be made here. */
  private List<Header> read(S3Request request) {
    String namespace = request.header(NAMESPACE);
    if (namespace != null && !namespace.equals("global")) {
      throw S3Exception.header(NAMESPACE, "All buckets are in the global namespace");
    }
    byte[] body = BodyReader.document(request, MOST_BYTES);
    if (body.length == 0) {
      return List.of();
    }
    CreateBucketConfiguration wanted = Xml.read(body, CreateBucketConfiguration.class);
    if (wanted.location() != null || wanted.bucket() != null) {
      throw S3Exception.notImplemented("A directory bucket");
    }
    String location = wanted.locationConstraint();
    if (location != null && !location.isEmpty()) {
      checkLocation(location);
    }
    return TagReader.ofNewBucket(wanted.tags(), BucketTagging.MOST_TAGS);
  }

  private void checkLocation(String location) {
    boolean aws = !Difference.LOCATION.in(compat);
    boolean first = location.equals(FIRST_REGION);
    if (aws && (first || !(location.equals(region) || REGION.matcher(location).matches()))) {
      throw new S3Exception(
          S3Error.INVALID_LOCATION_CONSTRAINT,
          S3Error.INVALID_LOCATION_CONSTRAINT.message(),
          Map.of("LocationConstraint", location));
    }
    if (!location.equals(region)) {
      throw new S3Exception(
          S3Error.ILLEGAL_LOCATION_CONSTRAINT,
          "The "
              + location
              + " location constraint is incompatible for the region specific endpoint this"
              + " request was sent to.");
    }
  }
}
