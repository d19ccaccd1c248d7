package rondo.s3.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodyClaims;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.object.StoredObject;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/** PutObject: makes the data durable, then writes the row that names it. Thread-safe. */
public final class PutObject {
  private final S3Store store;
  private final BodyReceiver receiver;
  private final WriteConditions conditions;

  public PutObject(S3Store store, BodyReceiver receiver, WriteConditions conditions) {
    this.store = store;
    this.conditions = conditions;
    this.receiver = receiver;
  }

  public S3Response answer(S3Request request) {
    return answer(request, conditions.of(request));
  }

  /** Answers PutObject under the given condition instead of the request's own; null for none. */
  S3Response answer(S3Request request, @Nullable WriteCondition condition) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    ObjectRow.Builder row = NewObject.of(request, store, bucket);
    ObjectEncryption sealing = store.encryption().sealing(request, bucket);
    BodyClaims claims = BodyReceiver.claims(request);
    store.quotas().require(bucket, claims.length());
    if (condition != null && claims.length() > BodyReceiver.MOST_INLINE_BYTES) {
      checkBeforehand(bucket, request.key(), condition);
    }
    var owner = ChunkOwner.object(bucket.shardOf(request.keyBytes()), request.keyBytes());
    receiver.in(bucket).receive(request, claims, owner, sealing).into(row, sealing);
    row.setModifiedMicros(store.rows().wallMicros());
    ObjectRow written = store.objects().write(bucket, request.key(), row.build(), condition);
    store.quotas().wrote(bucket, row.getSize());
    return S3Response.ok()
        .header("ETag", "\"" + row.getEtag() + "\"")
        .header("x-amz-expiration", ExpirationHeaders.of(bucket, request.key(), written))
        .headers(sealing.headers())
        .headers(checksum(row))
        .headers(VersionIds.written(bucket, written));
  }

  /** Spares the upload if the condition fails already. The write judges it again. */
  private void checkBeforehand(Bucket bucket, String key, WriteCondition condition) {
    StoredObject current = store.objects().read(bucket, key);
    RefusalException refusal = condition.refusal(current == null ? null : current.row());
    if (refusal != null) {
      throw refusal;
    }
  }

  private static java.util.Map<String, String> checksum(ObjectRow.Builder row) {
    return row.hasChecksum() ? ObjectHeaders.checksum(row.getChecksum()) : java.util.Map.of();
  }
}
