package rondo.s3.removal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AclWriter;
import rondo.s3.request.S3Request;
import rondo.s3.retention.GovernanceBypass;
import rondo.store.object.ObjectTable;
import rondo.store.object.VersionId;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;

/** Removes one object or version, for DeleteObject and DeleteObjects. Thread-safe. */
public final class ObjectRemoval {
  private final S3Store store;
  private final S3Request request;

  public ObjectRemoval(S3Store store, S3Request request) {
    this.store = store;
    this.request = request;
  }

  /**
   * The effect of a deletion.
   *
   * @param version id of the version that the request named; null for none
   * @param marker id of the delete marker that was added, or removed as the named version; null for
   *     none
   */
  record RemovedVersion(@Nullable VersionId version, @Nullable VersionId marker) {
    Map<String, String> headers() {
      var headers = new LinkedHashMap<String, String>();
      VersionId shown = version == null ? marker : version;
      if (shown != null) {
        headers.put("x-amz-version-id", shown.toString());
      }
      if (marker != null) {
        headers.put("x-amz-delete-marker", "true");
      }
      return headers;
    }
  }

  /**
   * Authorises, and removes a version or deletes the object.
   *
   * @param id null to delete the object, whatever its versions
   * @param condition null for none
   * @throws rondo.s3.error.S3Exception AccessDenied, and the refusal of the condition
   */
  RemovedVersion delete(
      Bucket bucket, String key, @Nullable VersionId id, @Nullable WriteCondition condition) {
    store.access().require(AccessAttempt.of(request, bucket, Action.DELETE_OBJECT).at(key, id));
    if (bucket.keepsHistory()) {
      // Its versions are history, which a client can't remove.
      if (id == null || id.equals(VersionId.NULL)) {
        store.objects().delete(bucket, key, marker(bucket), condition);
      }
      return new RemovedVersion(id, null);
    }
    if (id != null) {
      ObjectRow gone =
          store
              .objects()
              .remove(
                  bucket,
                  key,
                  id,
                  condition == null ? version -> null : condition,
                  GovernanceBypass.of(request, store, bucket, key, id));
      boolean marker = gone != null && gone.getDeleteMarker();
      return new RemovedVersion(id, marker ? id : null);
    }
    ObjectTable.Deletion deleted = store.objects().delete(bucket, key, marker(bucket), condition);
    ObjectRow made = deleted.marker();
    return new RemovedVersion(null, made == null ? null : VersionId.of(made));
  }

  /** The row of the delete marker that this request adds in a bucket that keeps versions. */
  public ObjectRow marker(Bucket bucket) {
    String owner =
        request.caller() == null ? bucket.owner() : AclWriter.accountId(request.caller());
    return ObjectRow.newBuilder()
        .setModifiedMicros(store.rows().wallMicros())
        .setOwner(owner)
        .build();
  }
}
