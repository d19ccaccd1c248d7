package rondo.gateway.s3.logging;

import java.time.Instant;
import java.util.List;
import rondo.gateway.auth.SignedRequest;
import rondo.gateway.s3.Address;
import rondo.gateway.s3.Client;
import rondo.gateway.s3.Query;
import rondo.gateway.s3.RequestArrival;
import rondo.gateway.s3.RequestSender;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.Attempt;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Grant;

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
    Attempt attempt =
        Attempt.of(request(target, key), target, Action.PUT_OBJECT)
            .with("aws:SourceArn", "arn:aws:s3:::" + source)
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
        new Address(target.name(), key),
        new Query(""),
        RequestSender.ANONYMOUS,
        () -> null,
        new RequestArrival("", Instant.now(), new Client("", null)));
  }
}
