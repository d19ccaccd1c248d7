package rondo.gateway.s3.object;

import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Condition;
import rondo.gateway.store.RefusalException;

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
    Condition condition = conditions.of(request);
    try {
      Deletion.RemovedVersion deleted =
          new Deletion(store, request)
              .delete(bucket, request.key(), VersionIds.of(request), condition);
      return S3Response.of(204).headers(deleted.headers());
    } catch (RefusalException refusal) {
      if (conditions.passesOver(S3Exception.of(refusal))) {
        return S3Response.of(204);
      }
      throw refusal;
    }
  }
}
