package rondo.s3.http;

import java.time.Duration;
import rondo.s3.access.S3Store;
import rondo.s3.auth.FormSignatures;
import rondo.s3.bucket.BucketAcl;
import rondo.s3.bucket.BucketEncryption;
import rondo.s3.bucket.BucketPolicy;
import rondo.s3.bucket.BucketTagging;
import rondo.s3.bucket.BucketVersioning;
import rondo.s3.bucket.CreateBucket;
import rondo.s3.bucket.DeleteBucket;
import rondo.s3.bucket.GetBucketLocation;
import rondo.s3.bucket.HeadBucket;
import rondo.s3.bucket.ListBuckets;
import rondo.s3.bucket.OwnershipControls;
import rondo.s3.bucket.PolicyStatus;
import rondo.s3.bucket.PublicAccessBlockConfiguration;
import rondo.s3.bucket.RegionHeader;
import rondo.s3.bucket.RequestPayment;
import rondo.s3.bucket.ResourceTags;
import rondo.s3.bucket.UnconfiguredSettings;
import rondo.s3.copy.CopyObject;
import rondo.s3.copy.RenameObject;
import rondo.s3.cors.BucketCors;
import rondo.s3.cors.CorsHeaders;
import rondo.s3.cors.PreflightRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.form.PostObject;
import rondo.s3.lifecycle.BucketLifecycle;
import rondo.s3.listing.ListObjectVersions;
import rondo.s3.listing.ListObjects;
import rondo.s3.listing.ListObjectsV2;
import rondo.s3.lock.BucketLock;
import rondo.s3.lock.ObjectLegalHold;
import rondo.s3.lock.ObjectRetention;
import rondo.s3.logging.AccessLog;
import rondo.s3.logging.BucketLogging;
import rondo.s3.multipart.AbortMultipartUpload;
import rondo.s3.multipart.CompleteMultipartUpload;
import rondo.s3.multipart.CreateMultipartUpload;
import rondo.s3.multipart.ListMultipartUploads;
import rondo.s3.multipart.ListParts;
import rondo.s3.multipart.UploadPart;
import rondo.s3.multipart.UploadPartCopy;
import rondo.s3.object.AppendObject;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.GetObject;
import rondo.s3.object.GetObjectAttributes;
import rondo.s3.object.HeadObject;
import rondo.s3.object.ObjectAcl;
import rondo.s3.object.ObjectReader;
import rondo.s3.object.ObjectTagging;
import rondo.s3.object.PutObject;
import rondo.s3.object.RestoreObject;
import rondo.s3.object.WriteConditions;
import rondo.s3.removal.DeleteConditions;
import rondo.s3.removal.DeleteObject;
import rondo.s3.removal.DeleteObjects;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.AccessOperation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.Operation.SettingOperation;
import rondo.s3.request.Operation.UnconfiguredOperation;
import rondo.s3.request.Operation.UploadOperation;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.website.BucketWebsite;
import rondo.s3.website.WebsitePages;
import rondo.store.row.RefusalException;

/** Dispatches each operation to the class that answers it. Thread-safe. */
final class OperationDispatcher {
  /**
   * Age at which log lines are delivered. S3 takes hours; readers of logs like few, long objects.
   */
  private static final Duration LOGGING_AGE = Duration.ofMinutes(1);

  /** The age in profile compat, for users who wait for their logs. */
  private static final Duration SHORT_LOGGING_AGE = Duration.ofSeconds(5);

  private final GatewaySettings settings;
  private final S3Store store;
  private final BodyReceiver receiver;
  private final ObjectReader reader;
  private final FormSignatures signatures;
  private final AccessLog accessLog;

  OperationDispatcher(GatewaySettings settings, S3Store store, FormSignatures signatures) {
    this.settings = settings;
    this.store = store;
    this.receiver = new BodyReceiver(store.blobs());
    this.reader = new ObjectReader(store);
    this.signatures = signatures;
    this.accessLog =
        new AccessLog(
            store,
            settings.node(),
            settings.compat() ? SHORT_LOGGING_AGE : LOGGING_AGE,
            settings.compat());
  }

  /**
   * Answers; blocks.
   *
   * @throws RefusalException to answer with, as {@link S3Exception#of} says
   */
  S3Response answer(Operation operation, S3Request request) {
    return switch (operation) {
      case BucketOperation bucket -> answer(bucket, request);
      case SettingOperation setting -> answer(setting, request);
      case UnconfiguredOperation unconfigured -> answer(unconfigured, request);
      case AccessOperation access -> answer(access, request);
      case ObjectOperation object -> answer(object, request);
      case UploadOperation upload -> answer(upload, request);
      case OtherOperation other -> answer(other, request);
    };
  }

  private S3Response answer(BucketOperation operation, S3Request request) {
    return switch (operation) {
      case LIST_BUCKETS ->
          new ListBuckets(store, settings.region(), settings.compat()).answer(request);
      case CREATE_BUCKET ->
          new CreateBucket(store, settings.region(), settings.compat(), settings.bounds().buckets())
              .answer(request);
      case HEAD_BUCKET -> new HeadBucket(store).answer(request);
      case DELETE_BUCKET -> new DeleteBucket(store).answer(request);
      case GET_BUCKET_LOCATION -> new GetBucketLocation(store, settings.compat()).answer(request);
      case LIST_OBJECTS -> new ListObjects(store).answer(request);
      case LIST_OBJECTS_V2 -> new ListObjectsV2(store, settings.compat()).answer(request);
      case LIST_OBJECT_VERSIONS -> new ListObjectVersions(store).answer(request);
    };
  }

  private S3Response answer(SettingOperation operation, S3Request request) {
    return switch (operation) {
      case GET_BUCKET_VERSIONING -> new BucketVersioning(store).get(request);
      case PUT_BUCKET_VERSIONING -> new BucketVersioning(store).put(request);
      case GET_BUCKET_TAGGING -> new BucketTagging(store).get(request);
      case PUT_BUCKET_TAGGING -> new BucketTagging(store).put(request);
      case DELETE_BUCKET_TAGGING -> new BucketTagging(store).delete(request);
      case LIST_TAGS_FOR_RESOURCE -> new ResourceTags(store).get(request);
      case TAG_RESOURCE -> new ResourceTags(store).add(request);
      case UNTAG_RESOURCE -> new ResourceTags(store).remove(request);
      case GET_BUCKET_LIFECYCLE_CONFIGURATION ->
          new BucketLifecycle(store, settings.compat()).get(request);
      case PUT_BUCKET_LIFECYCLE_CONFIGURATION ->
          new BucketLifecycle(store, settings.compat()).put(request);
      case DELETE_BUCKET_LIFECYCLE -> new BucketLifecycle(store, settings.compat()).delete(request);
      case GET_BUCKET_ENCRYPTION -> new BucketEncryption(store).get(request);
      case PUT_BUCKET_ENCRYPTION -> new BucketEncryption(store).put(request);
      case DELETE_BUCKET_ENCRYPTION -> new BucketEncryption(store).delete(request);
      case GET_BUCKET_CORS -> new BucketCors(store).get(request);
      case PUT_BUCKET_CORS -> new BucketCors(store).put(request);
      case DELETE_BUCKET_CORS -> new BucketCors(store).delete(request);
      case GET_OBJECT_LOCK_CONFIGURATION -> new BucketLock(store).get(request);
      case PUT_OBJECT_LOCK_CONFIGURATION -> new BucketLock(store).put(request);
      case GET_BUCKET_WEBSITE -> new BucketWebsite(store).get(request);
      case PUT_BUCKET_WEBSITE -> new BucketWebsite(store).put(request);
      case DELETE_BUCKET_WEBSITE -> new BucketWebsite(store).delete(request);
      case GET_BUCKET_REQUEST_PAYMENT -> new RequestPayment(store).get(request);
      case PUT_BUCKET_REQUEST_PAYMENT -> new RequestPayment(store).put(request);
      case GET_BUCKET_LOGGING -> new BucketLogging(store, settings.compat()).get(request);
      case PUT_BUCKET_LOGGING -> new BucketLogging(store, settings.compat()).put(request);
    };
  }

  private S3Response answer(UnconfiguredOperation operation, S3Request request) {
    return switch (operation) {
      case GET_BUCKET_ACCELERATE_CONFIGURATION ->
          new UnconfiguredSettings(store).acceleration(request);
      case GET_BUCKET_NOTIFICATION_CONFIGURATION ->
          new UnconfiguredSettings(store).notification(request);
      case GET_BUCKET_ABAC -> new UnconfiguredSettings(store).attributes(request);
      case PUT_BUCKET_ABAC -> new UnconfiguredSettings(store).putAttributes(request);
      case GET_BUCKET_REPLICATION -> new UnconfiguredSettings(store).replication(request);
      case LIST_BUCKET_ANALYTICS_CONFIGURATIONS ->
          new UnconfiguredSettings(store).analytics(request);
      case LIST_BUCKET_INVENTORY_CONFIGURATIONS ->
          new UnconfiguredSettings(store).inventory(request);
      case LIST_BUCKET_METRICS_CONFIGURATIONS -> new UnconfiguredSettings(store).metrics(request);
      case LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS ->
          new UnconfiguredSettings(store).tiering(request);
    };
  }

  private S3Response answer(AccessOperation operation, S3Request request) {
    return switch (operation) {
      case GET_BUCKET_ACL -> new BucketAcl(store).get(request);
      case PUT_BUCKET_ACL -> new BucketAcl(store).put(request);
      case GET_OBJECT_ACL -> new ObjectAcl(store).get(request);
      case PUT_OBJECT_ACL -> new ObjectAcl(store).put(request);
      case GET_BUCKET_POLICY -> new BucketPolicy(store).get(request);
      case PUT_BUCKET_POLICY -> new BucketPolicy(store).put(request);
      case DELETE_BUCKET_POLICY -> new BucketPolicy(store).delete(request);
      case GET_BUCKET_POLICY_STATUS -> PolicyStatus.get(store, request);
      case GET_PUBLIC_ACCESS_BLOCK -> PublicAccessBlockConfiguration.get(store, request);
      case PUT_PUBLIC_ACCESS_BLOCK -> PublicAccessBlockConfiguration.put(store, request);
      case DELETE_PUBLIC_ACCESS_BLOCK -> PublicAccessBlockConfiguration.delete(store, request);
      case GET_BUCKET_OWNERSHIP_CONTROLS -> OwnershipControls.get(store, request);
      case PUT_BUCKET_OWNERSHIP_CONTROLS -> OwnershipControls.put(store, request);
      case DELETE_BUCKET_OWNERSHIP_CONTROLS -> OwnershipControls.delete(store, request);
    };
  }

  private S3Response answer(ObjectOperation operation, S3Request request) {
    return switch (operation) {
      case POST_OBJECT -> new PostObject(store, signatures, put()).answer(request);
      case PUT_OBJECT ->
          AppendObject.isAsked(request)
              ? new AppendObject(store, receiver, put(), writes()).answer(request)
              : put().answer(request);
      case COPY_OBJECT -> new CopyObject(store, writes()).answer(request);
      case RENAME_OBJECT -> new RenameObject(store).answer(request);
      case GET_OBJECT -> new GetObject(reader, store.blobs()).answer(request);
      case HEAD_OBJECT -> new HeadObject(reader).answer(request);
      case DELETE_OBJECT ->
          new DeleteObject(store, new DeleteConditions(settings.compat())).answer(request);
      case DELETE_OBJECTS ->
          new DeleteObjects(store, new DeleteConditions(settings.compat())).answer(request);
      case RESTORE_OBJECT -> new RestoreObject(store).answer(request);
      case GET_OBJECT_ATTRIBUTES ->
          new GetObjectAttributes(reader, settings.compat()).answer(request);
      case GET_OBJECT_TAGGING -> new ObjectTagging(store, reader).get(request);
      case PUT_OBJECT_TAGGING -> new ObjectTagging(store, reader).put(request);
      case DELETE_OBJECT_TAGGING -> new ObjectTagging(store, reader).delete(request);
      case GET_OBJECT_RETENTION ->
          new ObjectRetention(store, reader, settings.compat()).get(request);
      case PUT_OBJECT_RETENTION ->
          new ObjectRetention(store, reader, settings.compat()).put(request);
      case GET_OBJECT_LEGAL_HOLD -> new ObjectLegalHold(store, reader).get(request);
      case PUT_OBJECT_LEGAL_HOLD -> new ObjectLegalHold(store, reader).put(request);
    };
  }

  private S3Response answer(UploadOperation operation, S3Request request) {
    return switch (operation) {
      case CREATE_MULTIPART_UPLOAD ->
          new CreateMultipartUpload(store, settings.bounds().uploads()).answer(request);
      case UPLOAD_PART -> new UploadPart(store, receiver).answer(request);
      case UPLOAD_PART_COPY -> new UploadPartCopy(store).answer(request);
      case COMPLETE_MULTIPART_UPLOAD ->
          new CompleteMultipartUpload(store, settings.compat()).answer(request);
      case ABORT_MULTIPART_UPLOAD -> new AbortMultipartUpload(store).answer(request);
      case LIST_PARTS -> new ListParts(store).answer(request);
      case LIST_MULTIPART_UPLOADS ->
          new ListMultipartUploads(store, settings.compat()).answer(request);
    };
  }

  private S3Response answer(OtherOperation operation, S3Request request) {
    return switch (operation) {
      case OPTIONS_OBJECT -> new PreflightRequest(store).answer(request);
      case WEBSITE -> new WebsitePages(store, reader, settings.node()).answer(request);
      case NOT_IMPLEMENTED ->
          throw S3Exception.notImplemented("This operation on " + request.wire().rawPath());
      case UNKNOWN -> throw new S3Exception(S3Error.METHOD_NOT_ALLOWED);
    };
  }

  private PutObject put() {
    return new PutObject(store, receiver, writes());
  }

  private WriteConditions writes() {
    return new WriteConditions(settings.compat());
  }

  AccessLog accessLog() {
    return accessLog;
  }

  /** What every answer about a bucket tells, refusals included. */
  RegionHeader regionHeader() {
    return new RegionHeader(store);
  }

  /** What goes with every answer, refusals included. */
  CorsHeaders corsHeaders() {
    return new CorsHeaders(store);
  }
}
