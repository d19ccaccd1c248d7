package rondo.s3.head;

import java.util.Set;

/** The query parameters that name a sub-resource of S3. Constants. */
public final class SubResources {
  /**
   * The names, as they are decoded. The routes ignore none of them, so that none gets a wrong
   * answer; signature version 2 covers each of them.
   */
  public static final Set<String> NAMES =
      Set.of(
          "abac",
          "accelerate",
          "acl",
          "analytics",
          "annotation",
          "annotations",
          "append",
          "attributes",
          "cors",
          "delete",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "location",
          "logging",
          "metadataAnnotationTable",
          "metadataConfiguration",
          "metadataInventoryTable",
          "metadataJournalTable",
          "metadataTable",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versioning",
          "versions",
          "website");

  private SubResources() {}
}
