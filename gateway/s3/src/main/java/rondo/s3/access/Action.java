package rondo.s3.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An action that policies allow and deny ("Actions, resources, and condition keys for Amazon S3",
 * service authorization reference). An operation requires the action that its page in the API
 * reference names. Where that page has a second action for versions ({@code s3:GetObjectVersion}),
 * the operation requires the first, and policies are evaluated for the second when the request
 * names a version.
 */
public enum Action {
  LIST_ALL_MY_BUCKETS("ListAllMyBuckets", Target.ALL, AclRight.OWNER),

  CREATE_BUCKET("CreateBucket", Target.BUCKET, AclRight.OWNER),
  DELETE_BUCKET("DeleteBucket", Target.BUCKET, AclRight.OWNER),
  LIST_BUCKET("ListBucket", Target.BUCKET, AclRight.BUCKET_READ),
  LIST_BUCKET_VERSIONS("ListBucketVersions", Target.BUCKET, AclRight.BUCKET_READ),
  LIST_BUCKET_MULTIPART_UPLOADS("ListBucketMultipartUploads", Target.BUCKET, AclRight.BUCKET_READ),
  GET_BUCKET_LOCATION("GetBucketLocation", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_ACL("GetBucketAcl", Target.BUCKET, AclRight.BUCKET_READ_ACP),
  PUT_BUCKET_ACL("PutBucketAcl", Target.BUCKET, AclRight.BUCKET_WRITE_ACP),
  GET_BUCKET_POLICY("GetBucketPolicy", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_POLICY("PutBucketPolicy", Target.BUCKET, AclRight.OWNER),
  DELETE_BUCKET_POLICY("DeleteBucketPolicy", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_POLICY_STATUS("GetBucketPolicyStatus", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_PUBLIC_ACCESS_BLOCK("GetBucketPublicAccessBlock", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_PUBLIC_ACCESS_BLOCK("PutBucketPublicAccessBlock", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_OWNERSHIP_CONTROLS("GetBucketOwnershipControls", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_OWNERSHIP_CONTROLS("PutBucketOwnershipControls", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_TAGGING("GetBucketTagging", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_TAGGING("PutBucketTagging", Target.BUCKET, AclRight.OWNER),
  LIST_TAGS_FOR_RESOURCE("ListTagsForResource", Target.BUCKET, AclRight.OWNER),
  TAG_RESOURCE("TagResource", Target.BUCKET, AclRight.OWNER),
  UNTAG_RESOURCE("UntagResource", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_ABAC("GetBucketAbac", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_ABAC("PutBucketAbac", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_VERSIONING("GetBucketVersioning", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_VERSIONING("PutBucketVersioning", Target.BUCKET, AclRight.OWNER),
  GET_LIFECYCLE_CONFIGURATION("GetLifecycleConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_LIFECYCLE_CONFIGURATION("PutLifecycleConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_CORS("GetBucketCORS", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_CORS("PutBucketCORS", Target.BUCKET, AclRight.OWNER),
  GET_ENCRYPTION_CONFIGURATION("GetEncryptionConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_ENCRYPTION_CONFIGURATION("PutEncryptionConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_LOGGING("GetBucketLogging", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_LOGGING("PutBucketLogging", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_WEBSITE("GetBucketWebsite", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_WEBSITE("PutBucketWebsite", Target.BUCKET, AclRight.OWNER),
  DELETE_BUCKET_WEBSITE("DeleteBucketWebsite", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_REQUEST_PAYMENT("GetBucketRequestPayment", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_REQUEST_PAYMENT("PutBucketRequestPayment", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_NOTIFICATION("GetBucketNotification", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_NOTIFICATION("PutBucketNotification", Target.BUCKET, AclRight.OWNER),
  GET_REPLICATION_CONFIGURATION("GetReplicationConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_REPLICATION_CONFIGURATION("PutReplicationConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_ACCELERATE_CONFIGURATION("GetAccelerateConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_ACCELERATE_CONFIGURATION("PutAccelerateConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_ANALYTICS_CONFIGURATION("GetAnalyticsConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_ANALYTICS_CONFIGURATION("PutAnalyticsConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_INVENTORY_CONFIGURATION("GetInventoryConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_INVENTORY_CONFIGURATION("PutInventoryConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_METRICS_CONFIGURATION("GetMetricsConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_METRICS_CONFIGURATION("PutMetricsConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_INTELLIGENT_TIERING_CONFIGURATION(
      "GetIntelligentTieringConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_INTELLIGENT_TIERING_CONFIGURATION(
      "PutIntelligentTieringConfiguration", Target.BUCKET, AclRight.OWNER),
  GET_BUCKET_OBJECT_LOCK_CONFIGURATION(
      "GetBucketObjectLockConfiguration", Target.BUCKET, AclRight.OWNER),
  PUT_BUCKET_OBJECT_LOCK_CONFIGURATION(
      "PutBucketObjectLockConfiguration", Target.BUCKET, AclRight.OWNER),

  GET_OBJECT("GetObject", Target.OBJECT, AclRight.OBJECT_READ),
  GET_OBJECT_VERSION("GetObjectVersion", Target.OBJECT, AclRight.OBJECT_READ),
  GET_OBJECT_ATTRIBUTES("GetObjectAttributes", Target.OBJECT, AclRight.OBJECT_READ),
  GET_OBJECT_VERSION_ATTRIBUTES("GetObjectVersionAttributes", Target.OBJECT, AclRight.OBJECT_READ),
  GET_OBJECT_TORRENT("GetObjectTorrent", Target.OBJECT, AclRight.OBJECT_READ),
  PUT_OBJECT("PutObject", Target.OBJECT, AclRight.BUCKET_WRITE),
  DELETE_OBJECT("DeleteObject", Target.OBJECT, AclRight.BUCKET_WRITE),
  DELETE_OBJECT_VERSION("DeleteObjectVersion", Target.OBJECT, AclRight.OWNER),
  ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", Target.OBJECT, AclRight.BUCKET_WRITE),
  LIST_MULTIPART_UPLOAD_PARTS("ListMultipartUploadParts", Target.OBJECT, AclRight.BUCKET_WRITE),
  RESTORE_OBJECT("RestoreObject", Target.OBJECT, AclRight.OWNER),
  GET_OBJECT_ACL("GetObjectAcl", Target.OBJECT, AclRight.OBJECT_READ_ACP),
  GET_OBJECT_VERSION_ACL("GetObjectVersionAcl", Target.OBJECT, AclRight.OBJECT_READ_ACP),
  PUT_OBJECT_ACL("PutObjectAcl", Target.OBJECT, AclRight.OBJECT_WRITE_ACP),
  PUT_OBJECT_VERSION_ACL("PutObjectVersionAcl", Target.OBJECT, AclRight.OBJECT_WRITE_ACP),
  GET_OBJECT_TAGGING("GetObjectTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  GET_OBJECT_VERSION_TAGGING("GetObjectVersionTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  PUT_OBJECT_TAGGING("PutObjectTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  PUT_OBJECT_VERSION_TAGGING("PutObjectVersionTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  DELETE_OBJECT_TAGGING("DeleteObjectTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  DELETE_OBJECT_VERSION_TAGGING("DeleteObjectVersionTagging", Target.OBJECT, AclRight.EITHER_OWNER),
  GET_OBJECT_RETENTION("GetObjectRetention", Target.OBJECT, AclRight.OWNER),
  PUT_OBJECT_RETENTION("PutObjectRetention", Target.OBJECT, AclRight.OWNER),
  GET_OBJECT_LEGAL_HOLD("GetObjectLegalHold", Target.OBJECT, AclRight.OWNER),
  PUT_OBJECT_LEGAL_HOLD("PutObjectLegalHold", Target.OBJECT, AclRight.OWNER),
  BYPASS_GOVERNANCE_RETENTION("BypassGovernanceRetention", Target.OBJECT, AclRight.OWNER);

  /** The kind of resource that an action is on. */
  public enum Target {
    ALL,
    BUCKET,
    OBJECT
  }

  /** Actions that S3 has and no operation here requires. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "s3:getobjectversionforreplication",
          "s3:initiatereplication",
          "s3:objectowneroverridetobucketowner",
          "s3:replicatedelete",
          "s3:replicateobject",
          "s3:replicatetags",
          "s3:updateobjectencryption");

  private static final Map<String, Action> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  action -> action.word.toLowerCase(Locale.ROOT), action -> action));

  private final String word;
  private final Target target;
  private final AclRight right;

  Action(String word, Target target, AclRight right) {
    this.word = "s3:" + word;
    this.target = target;
    this.right = right;
  }

  /** The name as policies write it, such as {@code s3:GetObject}. */
  public String word() {
    return word;
  }

  public Target target() {
    return target;
  }

  AclRight right() {
    return right;
  }

  /** The action of that name in any case; null when there is none. */
  public static @Nullable Action named(String word) {
    return BY_NAME.get(word.toLowerCase(Locale.ROOT));
  }

  /** Whether S3 has an action of that name that no operation here requires. */
  public static boolean isElsewhere(String word) {
    return ELSEWHERE.contains(word.toLowerCase(Locale.ROOT));
  }

  /** The variant of this action for a named version. */
  Action ofVersion() {
    return switch (this) {
      case GET_OBJECT -> GET_OBJECT_VERSION;
      case GET_OBJECT_ATTRIBUTES -> GET_OBJECT_VERSION_ATTRIBUTES;
      case DELETE_OBJECT -> DELETE_OBJECT_VERSION;
      case GET_OBJECT_ACL -> GET_OBJECT_VERSION_ACL;
      case PUT_OBJECT_ACL -> PUT_OBJECT_VERSION_ACL;
      case GET_OBJECT_TAGGING -> GET_OBJECT_VERSION_TAGGING;
      case PUT_OBJECT_TAGGING -> PUT_OBJECT_VERSION_TAGGING;
      case DELETE_OBJECT_TAGGING -> DELETE_OBJECT_VERSION_TAGGING;
      default -> this;
    };
  }
}
