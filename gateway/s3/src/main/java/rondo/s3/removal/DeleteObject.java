package rondo.s3.removal;

import rondo.s3.access.S3Store;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.retention.GovernanceBypass;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/** DeleteObject. Thread-safe. */
public final class DeleteObject {
  private final S3Store store;
  private final DeleteConditions conditions;

  public DeleteObject(S3Store store, DeleteConditions conditions) {
    this.store = store;
    this.conditions = conditions;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.named(request);
    GovernanceBypass.check(request, store, bucket);
    WriteCondition condition = conditions.of(request);
    try {
      ObjectRemoval.RemovedVersion deleted =
          new ObjectRemoval(store, request)
              .delete(bucket, request.key(), VersionIds.of(request), condition);
      return S3Response.of(204).headers(deleted.headers());
    } catch (RefusalException refusal) {
      if (conditions.countsAsDone(S3Exception.of(refusal))) {
        return S3Response.of(204);
      }
      throw refusal;
    }
  }
}
