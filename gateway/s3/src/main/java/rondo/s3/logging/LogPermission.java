package rondo.s3.logging;

import java.time.Instant;
import java.util.List;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Grant;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.auth.SignedRequest;
import rondo.s3.request.ClientConnection;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.RequestArrival;
import rondo.s3.request.RequestSender;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.store.row.Bucket;

/**
 * Whether logs may be written to a bucket: its policy lets the logging service, or its ACL the log
 * delivery group ("Permissions for log delivery", Amazon S3 user guide). Pure.
 */
final class LogPermission {
  private static final String SERVICE = "logging.s3.amazonaws.com";
  private static final String GROUP = "http://acs.amazonaws.com/groups/s3/LogDelivery";

  private LogPermission() {}

  /**
   * @param source the name of the bucket whose requests the log tells
   */
  static boolean in(S3Store store, Bucket target, String key, String source, BucketRow row) {
    AccessAttempt attempt =
        AccessAttempt.of(request(target, key), target, Action.PUT_OBJECT)
            .with("aws:SourceArn", BucketName.arn(source))
            .with("aws:SourceAccount", row.getOwner());
    return store.access().allowsService(SERVICE, attempt)
        || (!store.acls().grants().isEnforced(target.row()) && isGranted(target.row()));
  }

  private static boolean isGranted(BucketRow target) {
    return target.getAcl().getGrantsList().stream()
        .anyMatch(grant ->
            grant.getGrantee().equals(GROUP)
                && (grant.getPermission() == Grant.Permission.WRITE
                    || grant.getPermission() == Grant.Permission.FULL_CONTROL));
  }

  /** What the service would send. */
  private static S3Request request(Bucket target, String key) {
    return new S3Request(
        new SignedRequest("PUT", "/", "", List.of()),
        new ResourceAddress(target.name(), key),
        new QueryParameters(""),
        RequestSender.ANONYMOUS,
        () -> null,
        new RequestArrival("", Instant.now(), new ClientConnection("", null)));
  }
}
