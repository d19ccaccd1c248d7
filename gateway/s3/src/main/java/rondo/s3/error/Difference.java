package rondo.s3.error;

/**
 * Every difference between the profiles: {@code aws} does what Amazon S3 does today, {@code compat}
 * what older tools and the s3-tests suite expect. The documentation shows this table. Pure.
 */
public enum Difference {
  SIGNATURE_VERSION_2("signatures of version 2 are refused", "they are taken"),
  IMPOSSIBLE_LIFETIME(
      "a presigned URL of an impossible lifetime gets AuthorizationQueryParametersError",
      "AccessDenied"),
  ACLS("a new bucket has no ACLs until its ownership is changed", "it has"),
  PRIVATE_WITHOUT_ACLS(
      "x-amz-acl: private, which many tools send unasked, is taken where there are no ACLs",
      "it gets AccessControlListNotSupported"),
  PUBLIC_ACCESS("a new bucket's public access is blocked", "it isn't"),
  ANONYMOUS_BUCKETS("ListBuckets without a signature gets AccessDenied", "an empty list"),
  REGION_OF_BUCKET("GetBucketLocation says nothing for us-east-1", "it names the region"),
  BUCKET_AGAIN(
      "making one's own bucket again gets BucketAlreadyOwnedByYou outside us-east-1",
      "it is done, but gets BucketAlreadyExists with other grants"),
  CONTINUATION_TOKEN(
      "ListObjectsV2 refuses an empty token, and doesn't tell the start beside one",
      "an empty token is none, and the start is told"),
  UPLOADS_BEHIND_PREFIX(
      "a page of uploads that ends with a common prefix names no place to go on from", "it does"),
  IF_NONE_MATCH("If-None-Match on a write takes * alone", "it takes entity tags too"),
  IF_MATCH("If-Match on a write takes an entity tag alone", "it takes * too"),
  DELETION_UNDER_CONDITIONS(
      "a deletion's size and time are conditions on directory buckets alone, and what isn't there"
          + " can't be deleted under one",
      "they are conditions anywhere, and what isn't there is deleted"),
  PART_AGAIN(
      "CompleteMultipartUpload refuses a part that is named twice",
      "the one that is named last counts"),
  CLAIMS_OF_COMPLETION(
      "CompleteMultipartUpload names the type of a checksum of the whole object, and each part's"
          + " checksum where they make a composite one",
      "it need not"),
  PARTS_OF_ATTRIBUTES(
      "GetObjectAttributes tells parts one by one where their checksums make a composite one,"
          + " which it tells without their number",
      "it tells the parts of any object, and the composite checksum as it is"),
  IMPOSSIBLE_CHECKSUM("a checksum that can't be one gets InvalidRequest", "BadDigest"),
  MISSING_PART("GET of a part that isn't there gets InvalidPartNumber", "InvalidPart"),
  NO_PARTS("CompleteMultipartUpload without a document gets InvalidRequest", "MalformedXML"),
  COPY_RANGE(
      "UploadPartCopy of a range that ends behind its source gets InvalidArgument", "InvalidRange"),
  EXPECTED_OWNER(
      "an expected owner that can't be an account gets InvalidBucketOwnerAWSAccountID",
      "AccessDenied"),
  DELETE_MARKER_HEADER(
      "NoSuchKey says x-amz-delete-marker where there is one", "false where there is none"),
  ORDER_OF_GRANTS("grants are told with those of accounts first", "with those of groups first"),
  LOCATION(
      "a location that is none, or is us-east-1, gets InvalidLocationConstraint",
      "us-east-1 is taken, others get IllegalLocationConstraintException"),
  BYPASS_WITHOUT_LOCKS(
      "to pass over governance where the bucket has no locks gets InvalidArgument",
      "it passes over nothing"),
  RIGHTS_OF_HEADERS(
      "tags, grants and locks that come with a new object or bucket, or with the source of a copy,"
          + " need rights of their own",
      "the rights to read and to write objects are enough, unless a policy denies the others"),
  OWNER_NAMES("owners and grantees are told by their ids alone", "with their display names"),
  POLICY_MEETS("a policy's actions and resources have to fit together", "they need not"),
  POLICY_PRINCIPALS(
      "a policy's principals have to be there, and its resources to be named", "they need not"),
  POLICY_STATUS(
      "GetBucketPolicyStatus is about the policy, which has to be there", "about the ACL too"),
  LOGGING(
      "access logs are delivered after a minute, where the target's policy or ACL lets the logging"
          + " service; grants on them are refused, the form of their keys is told where it was"
          + " chosen",
      "after five seconds, to any bucket of the same owner; grants are passed over, the form is"
          + " always told"),
  ENCRYPTION_UNASKED(
      "objects that come without a word about encryption are encrypted by the store's own key",
      "they stay plain, unless the bucket says otherwise"),
  CUSTOMER_KEY_IN_CLEAR(
      "a customer's key is refused over plain HTTP, unless S3 listens on this machine alone or a"
          + " trusted proxy says X-Forwarded-Proto: https",
      "it is taken"),
  WRONG_CUSTOMER_KEY("a wrong customer's key gets AccessDenied", "InvalidRequest"),
  CUSTOMER_KEY_OF_COMPLETION(
      "CompleteMultipartUpload needs no customer's key", "it needs the one of the parts"),
  ENCRYPTION_OF_PART(
      "UploadPart refuses to choose the encryption, which the upload did", "it passes over it"),
  DIGEST_OF_LOCKED(
      "PutObject with a lock needs Content-MD5 or a checksum of what it sends", "it needs none"),
  LONG_RETENTION(
      "a retention that ends in more than a hundred years gets InvalidArgument",
      "one in more than two hundred does"),
  UNNAMED_KMS_KEY("aws:kms without a key means the usual one", "the key has to be named"),
  LIFECYCLE_FILTERS("conditions of a lifecycle filter stand in And", "they may stand side by side"),
  LIFECYCLE_TRANSITIONS(
      "lifecycle moves objects from 128 KiB on, downwards, to classes that S3 takes, after as many"
          + " days as it asks for",
      "any objects to any class at any time");

  private final String aws;
  private final String compat;

  Difference(String aws, String compat) {
    this.aws = aws;
    this.compat = compat;
  }

  /** The behaviour of profile aws, and of S3. */
  public String aws() {
    return aws;
  }

  /** The behaviour of profile compat instead. */
  public String compat() {
    return compat;
  }

  /**
   * Whether requests are served as in profile compat.
   *
   * @param compatProfile whether that profile is in use
   */
  public boolean in(boolean compatProfile) {
    return compatProfile;
  }
}
