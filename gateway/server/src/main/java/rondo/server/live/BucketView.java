package rondo.server.live;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.ObjectLock;
import rondo.metadata.rows.PublicAccessBlock;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;
import rondo.s3.policy.PublicPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the settings of a bucket down, ready to become JSON. Pure. */
final class BucketView {
  private BucketView() {}

  /** S3's word for it; off before it was ever enabled. */
  static String versioning(BucketRow row) {
    return switch (row.getVersioning()) {
      case ENABLED -> "enabled";
      case SUSPENDED -> "suspended";
      default -> "off";
    };
  }

  /** All settings; those that aren't set are left out, or false. */
  static Map<String, Object> settings(BucketRow row) {
    var view = new LinkedHashMap<String, Object>();
    view.put("region", row.getRegion());
    if (row.hasQuota()) {
      view.put(
          "quota",
          Map.of(
              "mostBytes", row.getQuota().getMostBytes(),
              "mostObjects", row.getQuota().getMostObjects()));
    }
    view.put("reads", row.getReadLevel().isEmpty() ? "linearizable" : row.getReadLevel());
    view.put("available", row.getAvailable());
    view.put("ownCopies", row.getCopyClass() != 0);
    view.put("moving", row.hasMove());
    addAccess(view, row);
    addContents(view, row);
    var tags = new LinkedHashMap<String, String>();
    row.getTagsList().forEach(tag -> tags.put(tag.getName(), tag.getValue()));
    view.put("tags", tags);
    return view;
  }

  private static void addAccess(Map<String, Object> view, BucketRow row) {
    if (!row.getPolicy().isEmpty()) {
      view.put("policy", policy(row.getPolicy()));
    }
    view.put("aclGrants", row.getAcl().getGrantsCount());
    view.put(
        "ownership", row.getObjectOwnership().isEmpty() ? "default" : row.getObjectOwnership());
    if (row.hasPublicAccessBlock()) {
      PublicAccessBlock block = row.getPublicAccessBlock();
      view.put(
          "publicAccessBlock",
          Map.of(
              "blockPublicAcls", block.getBlockPublicAcls(),
              "ignorePublicAcls", block.getIgnorePublicAcls(),
              "blockPublicPolicy", block.getBlockPublicPolicy(),
              "restrictPublicBuckets", block.getRestrictPublicBuckets()));
    }
    view.put("requesterPays", row.getRequesterPays());
    view.put("corsRules", row.getCors().getRulesCount());
  }

  /** A summary: how many statements there are, and whether they let the public in. */
  private static Map<String, Object> policy(String document) {
    JsonNode statements = JsonMapper.shared().readTree(document).path("Statement");
    var view = new LinkedHashMap<String, Object>();
    view.put("statements", statements.isArray() ? statements.size() : 1);
    view.put("bytes", document.length());
    try {
      Policy read = PolicyReader.ofResource(id -> true).read(document);
      view.put("public", PublicPolicy.isPublic(read));
    } catch (PolicyException e) {
      view.put("problem", e.message());
    }
    return view;
  }

  private static void addContents(Map<String, Object> view, BucketRow row) {
    if (row.hasObjectLock()) {
      ObjectLock lock = row.getObjectLock();
      view.put(
          "objectLock",
          Map.of("mode", lower(lock.getMode()), "days", lock.getDays(), "years", lock.getYears()));
    }
    if (row.hasEncryption()) {
      view.put(
          "encryption",
          Map.of(
              "mode", lower(row.getEncryption().getMode()),
              "key", row.getEncryption().getKeyId()));
    }
    view.put(
        "lifecycleRules",
        row.getLifecycle().getRulesList().stream().map(BucketView::rule).toList());
    if (row.hasLogging()) {
      view.put(
          "logging",
          Map.of(
              "bucket", row.getLogging().getTargetBucket(),
              "prefix", row.getLogging().getTargetPrefix()));
    }
    if (row.hasUndeleteWindow()) {
      view.put("undeleteDays", row.getUndeleteWindow().getDays());
    }
    view.put("website", row.hasWebsite());
  }

  private static String rule(LifecycleRule rule) {
    return rule.getId() + (rule.getEnabled() ? "" : " (off)");
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
