package rondo.s3.request;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rondo.s3.head.SubResources;
import rondo.s3.request.Operation.AccessOperation;
import rondo.s3.request.Operation.BucketOperation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.Operation.SettingOperation;
import rondo.s3.request.Operation.UnconfiguredOperation;
import rondo.s3.request.Operation.UploadOperation;

/** Finds the operation of a request in one table, read from the top. Pure. */
public final class Routes {
  private enum Level {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /**
   * A line of the table.
   *
   * @param marks query parameters that must be there, or headers if they begin with {@code x-amz-}
   */
  private record Route(String method, Level level, Set<String> marks, Operation operation) {}

  private static final List<Route> TABLE =
      List.of(
          route("GET", Level.SERVICE, BucketOperation.LIST_BUCKETS),
          route("GET", Level.BUCKET, BucketOperation.GET_BUCKET_LOCATION, "location"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_VERSIONING, "versioning"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_VERSIONING, "versioning"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_TAGGING, "tagging"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_TAGGING, "tagging"),
          route("DELETE", Level.BUCKET, SettingOperation.DELETE_BUCKET_TAGGING, "tagging"),
          route(
              "GET",
              Level.BUCKET,
              SettingOperation.GET_BUCKET_LIFECYCLE_CONFIGURATION,
              "lifecycle"),
          route(
              "PUT",
              Level.BUCKET,
              SettingOperation.PUT_BUCKET_LIFECYCLE_CONFIGURATION,
              "lifecycle"),
          route("DELETE", Level.BUCKET, SettingOperation.DELETE_BUCKET_LIFECYCLE, "lifecycle"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_ENCRYPTION, "encryption"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_ENCRYPTION, "encryption"),
          route("DELETE", Level.BUCKET, SettingOperation.DELETE_BUCKET_ENCRYPTION, "encryption"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_CORS, "cors"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_CORS, "cors"),
          route("DELETE", Level.BUCKET, SettingOperation.DELETE_BUCKET_CORS, "cors"),
          route("GET", Level.BUCKET, SettingOperation.GET_OBJECT_LOCK_CONFIGURATION, "object-lock"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_OBJECT_LOCK_CONFIGURATION, "object-lock"),
          route("GET", Level.OBJECT, ObjectOperation.GET_OBJECT_RETENTION, "retention"),
          route("PUT", Level.OBJECT, ObjectOperation.PUT_OBJECT_RETENTION, "retention"),
          route("GET", Level.OBJECT, ObjectOperation.GET_OBJECT_LEGAL_HOLD, "legal-hold"),
          route("PUT", Level.OBJECT, ObjectOperation.PUT_OBJECT_LEGAL_HOLD, "legal-hold"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.GET_BUCKET_ACCELERATE_CONFIGURATION,
              "accelerate"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.GET_BUCKET_NOTIFICATION_CONFIGURATION,
              "notification"),
          route("GET", Level.BUCKET, UnconfiguredOperation.GET_BUCKET_ABAC, "abac"),
          route("PUT", Level.BUCKET, UnconfiguredOperation.PUT_BUCKET_ABAC, "abac"),
          route("GET", Level.BUCKET, UnconfiguredOperation.GET_BUCKET_REPLICATION, "replication"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.LIST_BUCKET_ANALYTICS_CONFIGURATIONS,
              "analytics"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.LIST_BUCKET_INVENTORY_CONFIGURATIONS,
              "inventory"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.LIST_BUCKET_METRICS_CONFIGURATIONS,
              "metrics"),
          route(
              "GET",
              Level.BUCKET,
              UnconfiguredOperation.LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS,
              "intelligent-tiering"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_WEBSITE, "website"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_WEBSITE, "website"),
          route("DELETE", Level.BUCKET, SettingOperation.DELETE_BUCKET_WEBSITE, "website"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_REQUEST_PAYMENT, "requestPayment"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_REQUEST_PAYMENT, "requestPayment"),
          route("GET", Level.BUCKET, SettingOperation.GET_BUCKET_LOGGING, "logging"),
          route("PUT", Level.BUCKET, SettingOperation.PUT_BUCKET_LOGGING, "logging"),
          route("GET", Level.BUCKET, AccessOperation.GET_BUCKET_ACL, "acl"),
          route("PUT", Level.BUCKET, AccessOperation.PUT_BUCKET_ACL, "acl"),
          route("GET", Level.OBJECT, AccessOperation.GET_OBJECT_ACL, "acl"),
          route("PUT", Level.OBJECT, AccessOperation.PUT_OBJECT_ACL, "acl"),
          route("GET", Level.BUCKET, AccessOperation.GET_BUCKET_POLICY, "policy"),
          route("PUT", Level.BUCKET, AccessOperation.PUT_BUCKET_POLICY, "policy"),
          route("DELETE", Level.BUCKET, AccessOperation.DELETE_BUCKET_POLICY, "policy"),
          route("GET", Level.BUCKET, AccessOperation.GET_BUCKET_POLICY_STATUS, "policyStatus"),
          route("GET", Level.BUCKET, AccessOperation.GET_PUBLIC_ACCESS_BLOCK, "publicAccessBlock"),
          route("PUT", Level.BUCKET, AccessOperation.PUT_PUBLIC_ACCESS_BLOCK, "publicAccessBlock"),
          route(
              "DELETE",
              Level.BUCKET,
              AccessOperation.DELETE_PUBLIC_ACCESS_BLOCK,
              "publicAccessBlock"),
          route(
              "GET",
              Level.BUCKET,
              AccessOperation.GET_BUCKET_OWNERSHIP_CONTROLS,
              "ownershipControls"),
          route(
              "PUT",
              Level.BUCKET,
              AccessOperation.PUT_BUCKET_OWNERSHIP_CONTROLS,
              "ownershipControls"),
          route(
              "DELETE",
              Level.BUCKET,
              AccessOperation.DELETE_BUCKET_OWNERSHIP_CONTROLS,
              "ownershipControls"),
          route("GET", Level.BUCKET, BucketOperation.LIST_OBJECT_VERSIONS, "versions"),
          route("GET", Level.BUCKET, UploadOperation.LIST_MULTIPART_UPLOADS, "uploads"),
          route("POST", Level.BUCKET, ObjectOperation.DELETE_OBJECTS, "delete"),
          route("GET", Level.OBJECT, ObjectOperation.GET_OBJECT_ATTRIBUTES, "attributes"),
          route("GET", Level.OBJECT, ObjectOperation.GET_OBJECT_TAGGING, "tagging"),
          route("PUT", Level.OBJECT, ObjectOperation.PUT_OBJECT_TAGGING, "tagging"),
          route("DELETE", Level.OBJECT, ObjectOperation.DELETE_OBJECT_TAGGING, "tagging"),
          route("POST", Level.OBJECT, ObjectOperation.RESTORE_OBJECT, "restore"),
          route("POST", Level.OBJECT, UploadOperation.CREATE_MULTIPART_UPLOAD, "uploads"),
          route("POST", Level.OBJECT, UploadOperation.COMPLETE_MULTIPART_UPLOAD, "uploadId"),
          route(
              "PUT",
              Level.OBJECT,
              UploadOperation.UPLOAD_PART_COPY,
              "uploadId",
              "x-amz-copy-source"),
          route("PUT", Level.OBJECT, UploadOperation.UPLOAD_PART, "uploadId"),
          route("DELETE", Level.OBJECT, UploadOperation.ABORT_MULTIPART_UPLOAD, "uploadId"),
          route("GET", Level.OBJECT, UploadOperation.LIST_PARTS, "uploadId"),
          route("PUT", Level.OBJECT, ObjectOperation.RENAME_OBJECT, "renameObject"),
          route("GET", Level.BUCKET, BucketOperation.LIST_OBJECTS_V2, "list-type"),
          route("GET", Level.BUCKET, BucketOperation.LIST_OBJECTS),
          route("PUT", Level.BUCKET, BucketOperation.CREATE_BUCKET),
          route("POST", Level.BUCKET, ObjectOperation.POST_OBJECT),
          route("HEAD", Level.BUCKET, BucketOperation.HEAD_BUCKET),
          route("DELETE", Level.BUCKET, BucketOperation.DELETE_BUCKET),
          route("PUT", Level.OBJECT, ObjectOperation.COPY_OBJECT, "x-amz-copy-source"),
          route("PUT", Level.OBJECT, ObjectOperation.PUT_OBJECT),
          route("GET", Level.OBJECT, ObjectOperation.GET_OBJECT),
          route("HEAD", Level.OBJECT, ObjectOperation.HEAD_OBJECT),
          route("DELETE", Level.OBJECT, ObjectOperation.DELETE_OBJECT));

  private Routes() {}

  private static Route route(String method, Level level, Operation operation, String... marks) {
    return new Route(method, level, Set.of(marks), operation);
  }

  /** The query parameters that make a request another operation. */
  public static Set<String> parameters() {
    return Stream.concat(
            SubResources.NAMES.stream(), TABLE.stream().flatMap(route -> route.marks.stream()))
        .filter(name -> !name.startsWith("x-amz-"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The operation of a request. A sub-resource that no line of the table names is NOT_IMPLEMENTED,
   * any other request that no line matches is UNKNOWN.
   */
  public static Operation of(
      String method,
      ResourceAddress address,
      QueryParameters query,
      java.util.function.Predicate<String> hasHeader) {
    if (method.equals("OPTIONS")) {
      // A browser's preflight request names its later request, so a sub-resource doesn't matter.
      return OtherOperation.OPTIONS_OBJECT;
    }
    Level level =
        address.bucket() == null
            ? Level.SERVICE
            : address.key() == null ? Level.BUCKET : Level.OBJECT;
    for (Route route : TABLE) {
      if (route.method.equals(method) && route.level == level && marked(route, query, hasHeader)) {
        return namesUnknownSubResource(route, query)
            ? OtherOperation.NOT_IMPLEMENTED
            : route.operation;
      }
    }
    return query.names().stream().anyMatch(SubResources.NAMES::contains) || method.equals("POST")
        ? OtherOperation.NOT_IMPLEMENTED
        : OtherOperation.UNKNOWN;
  }

  private static boolean marked(
      Route route, QueryParameters query, java.util.function.Predicate<String> hasHeader) {
    return route.marks.stream()
        .allMatch(mark -> mark.startsWith("x-amz-") ? hasHeader.test(mark) : query.has(mark));
  }

  private static boolean namesUnknownSubResource(Route route, QueryParameters query) {
    return query.names().stream()
        .anyMatch(name -> SubResources.NAMES.contains(name) && !route.marks.contains(name));
  }
}
