package rondo.s3.request;

/** The operations of the S3 API, by their names there, in families. */
public sealed interface Operation {
  /** The name in upper snake case. */
  String name();

  /** Operations of the service and of buckets, and listings. */
  enum BucketOperation implements Operation {
    LIST_BUCKETS,
    CREATE_BUCKET,
    HEAD_BUCKET,
    DELETE_BUCKET,
    GET_BUCKET_LOCATION,
    LIST_OBJECTS,
    LIST_OBJECTS_V2,
    LIST_OBJECT_VERSIONS
  }

  /** Operations on a bucket's settings. */
  enum SettingOperation implements Operation {
    GET_BUCKET_VERSIONING,
    PUT_BUCKET_VERSIONING,
    GET_BUCKET_TAGGING,
    PUT_BUCKET_TAGGING,
    DELETE_BUCKET_TAGGING,
    LIST_TAGS_FOR_RESOURCE,
    TAG_RESOURCE,
    UNTAG_RESOURCE,
    GET_BUCKET_LIFECYCLE_CONFIGURATION,
    PUT_BUCKET_LIFECYCLE_CONFIGURATION,
    DELETE_BUCKET_LIFECYCLE,
    GET_BUCKET_ENCRYPTION,
    PUT_BUCKET_ENCRYPTION,
    DELETE_BUCKET_ENCRYPTION,
    GET_BUCKET_CORS,
    PUT_BUCKET_CORS,
    DELETE_BUCKET_CORS,
    GET_OBJECT_LOCK_CONFIGURATION,
    PUT_OBJECT_LOCK_CONFIGURATION,
    GET_BUCKET_WEBSITE,
    PUT_BUCKET_WEBSITE,
    DELETE_BUCKET_WEBSITE,
    GET_BUCKET_REQUEST_PAYMENT,
    PUT_BUCKET_REQUEST_PAYMENT,
    GET_BUCKET_LOGGING,
    PUT_BUCKET_LOGGING
  }

  /** Operations that read settings which are never configured here. */
  enum UnconfiguredOperation implements Operation {
    GET_BUCKET_ACCELERATE_CONFIGURATION,
    GET_BUCKET_NOTIFICATION_CONFIGURATION,
    GET_BUCKET_REPLICATION,
    GET_BUCKET_ABAC,
    PUT_BUCKET_ABAC,
    LIST_BUCKET_ANALYTICS_CONFIGURATIONS,
    LIST_BUCKET_INVENTORY_CONFIGURATIONS,
    LIST_BUCKET_METRICS_CONFIGURATIONS,
    LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS
  }

  /** Operations on ACLs, policies and ownership. */
  enum AccessOperation implements Operation {
    GET_BUCKET_ACL,
    PUT_BUCKET_ACL,
    GET_OBJECT_ACL,
    PUT_OBJECT_ACL,
    GET_BUCKET_POLICY,
    PUT_BUCKET_POLICY,
    DELETE_BUCKET_POLICY,
    GET_BUCKET_POLICY_STATUS,
    GET_PUBLIC_ACCESS_BLOCK,
    PUT_PUBLIC_ACCESS_BLOCK,
    DELETE_PUBLIC_ACCESS_BLOCK,
    GET_BUCKET_OWNERSHIP_CONTROLS,
    PUT_BUCKET_OWNERSHIP_CONTROLS,
    DELETE_BUCKET_OWNERSHIP_CONTROLS
  }

  /** Operations on objects. */
  enum ObjectOperation implements Operation {
    POST_OBJECT,
    PUT_OBJECT,
    COPY_OBJECT,
    RENAME_OBJECT,
    GET_OBJECT,
    HEAD_OBJECT,
    DELETE_OBJECT,
    DELETE_OBJECTS,
    RESTORE_OBJECT,
    GET_OBJECT_ATTRIBUTES,
    GET_OBJECT_TAGGING,
    PUT_OBJECT_TAGGING,
    DELETE_OBJECT_TAGGING,
    GET_OBJECT_RETENTION,
    PUT_OBJECT_RETENTION,
    GET_OBJECT_LEGAL_HOLD,
    PUT_OBJECT_LEGAL_HOLD
  }

  /** Operations on multipart uploads. */
  enum UploadOperation implements Operation {
    CREATE_MULTIPART_UPLOAD,
    UPLOAD_PART,
    UPLOAD_PART_COPY,
    COMPLETE_MULTIPART_UPLOAD,
    ABORT_MULTIPART_UPLOAD,
    LIST_PARTS,
    LIST_MULTIPART_UPLOADS
  }

  /** Requests of browsers, and requests that are refused whatever they say. */
  enum OtherOperation implements Operation {
    OPTIONS_OBJECT,
    /** A page of the website endpoint. */
    WEBSITE,
    /** An operation of S3 that isn't implemented yet. */
    NOT_IMPLEMENTED,
    /** A request that is no operation of S3. */
    UNKNOWN
  }
}
