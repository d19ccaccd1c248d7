package rondo.gateway.s3.object;

import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Condition;
import rondo.gateway.store.Store;

/** DeleteObject. Thread-safe. */
public final class DeleteObject {
  private final Store store;
  private final DeleteConditions conditions;

  public DeleteObject(Store store, DeleteConditions conditions) {
    this.store = store;
    this.conditions = conditions;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    Condition condition = conditions.of(request);
    try {
      Deletion.RemovedVersion deleted =
          new Deletion(store, request)
              .delete(bucket, request.key(), VersionIds.of(request), condition);
      return S3Response.of(204).headers(deleted.headers());
    } catch (S3Exception refusal) {
      if (conditions.passesOver(refusal)) {
        return S3Response.of(204);
      }
      throw refusal;
    }
  }
}
