package rondo.s3.audit;

import rondo.s3.request.Operation;
import rondo.s3.request.Operation.AccessOperation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.SettingOperation;

/** Tells operations that change buckets and their settings from those on data. Pure. */
public final class AuditScope {
  private AuditScope() {}

  /**
   * Whether the operation makes or removes a bucket, or changes its settings, policy, ACL or
   * ownership. ACLs, locks and tags of single objects belong to the data.
   */
  public static boolean isControl(Operation operation) {
    return switch (operation) {
      case BucketOperation.CREATE_BUCKET, BucketOperation.DELETE_BUCKET -> true;
      case AccessOperation.PUT_OBJECT_ACL -> false;
      case SettingOperation setting -> changes(setting.name());
      case AccessOperation access -> changes(access.name());
      default -> false;
    };
  }

  private static boolean changes(String name) {
    return !name.startsWith("GET_") && !name.startsWith("LIST_");
  }
}
