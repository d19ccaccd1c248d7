package rondo.s3.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.request.S3Request;

/**
 * The actions that a request needs for its headers, beside the one that its operation is named for
 * ("Required permissions for Amazon S3 API operations", Amazon S3 user guide). Pure.
 */
public final class HeaderRights {
  private static final String CANNED_ACL = "x-amz-acl";
  private static final String GRANT = "x-amz-grant-";

  private static final Map<String, Action> OF_OBJECT =
      Map.of(
          CANNED_ACL,
          Action.PUT_OBJECT_ACL,
          "x-amz-tagging",
          Action.PUT_OBJECT_TAGGING,
          "x-amz-object-lock-mode",
          Action.PUT_OBJECT_RETENTION,
          "x-amz-object-lock-retain-until-date",
          Action.PUT_OBJECT_RETENTION,
          "x-amz-object-lock-legal-hold",
          Action.PUT_OBJECT_LEGAL_HOLD);

  private HeaderRights() {}

  /** The actions that a new object needs for its grants, tags and locks, each once. */
  static List<Action> ofObject(S3Request request) {
    var actions = new ArrayList<Action>();
    OF_OBJECT.forEach((header, action) -> {
      if (request.header(header) != null) {
        actions.add(action);
      }
    });
    if (grants(request)) {
      actions.add(Action.PUT_OBJECT_ACL);
    }
    return actions.stream().distinct().sorted().toList();
  }

  /** The actions that an upload needed for what its row was given. */
  static List<Action> ofTemplate(ObjectRow template) {
    var actions = new ArrayList<Action>();
    if (template.hasAcl()) {
      actions.add(Action.PUT_OBJECT_ACL);
    }
    if (template.getTagsCount() > 0) {
      actions.add(Action.PUT_OBJECT_TAGGING);
    }
    if (template.getLegalHold() != ObjectRow.LegalHold.UNSET) {
      actions.add(Action.PUT_OBJECT_LEGAL_HOLD);
    }
    return actions;
  }

  /**
   * The actions that a new bucket needs for its grants, ownership, object lock and tags.
   *
   * @param tagged whether the request's document gives the bucket tags
   */
  public static List<Action> ofBucket(S3Request request, boolean tagged) {
    var actions = new ArrayList<Action>();
    String canned = request.header(CANNED_ACL);
    // A bucket is private anyway, and many tools say so.
    if ((canned != null && !canned.equals("private")) || grants(request)) {
      actions.add(Action.PUT_BUCKET_ACL);
    }
    if (request.header("x-amz-object-ownership") != null) {
      actions.add(Action.PUT_BUCKET_OWNERSHIP_CONTROLS);
    }
    if ("true".equalsIgnoreCase(request.header("x-amz-bucket-object-lock-enabled"))) {
      actions.add(Action.PUT_BUCKET_OBJECT_LOCK_CONFIGURATION);
      actions.add(Action.PUT_BUCKET_VERSIONING);
    }
    if (tagged) {
      actions.add(Action.TAG_RESOURCE);
    }
    return actions;
  }

  private static boolean grants(S3Request request) {
    return request.headers().stream()
        .anyMatch(header -> header.getKey().regionMatches(true, 0, GRANT, 0, GRANT.length()));
  }
}
