package rondo.gateway.s3.object;

import org.jspecify.annotations.Nullable;
import rondo.gateway.body.BodyClaims;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.encryption.Sealing;
import rondo.gateway.s3.lifecycle.Expiry;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Condition;
import rondo.gateway.store.RefusalException;
import rondo.gateway.store.Stored;
import rondo.metadata.rows.ObjectRow;
import rondo.storage.extent.ChunkOwner;

/** PutObject: the data, durable, then the row that names it. Thread-safe. */
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

  /** The same under another condition than the request's own; null for none. */
  S3Response answer(S3Request request, @Nullable Condition condition) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    ObjectRow.Builder row = NewObject.of(request, store, bucket);
    Sealing sealing = store.encryption().sealing(request, bucket);
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
        .header("x-amz-expiration", Expiry.of(bucket, request.key(), written))
        .headers(sealing.headers())
        .headers(checksum(row))
        .headers(VersionIds.written(written));
  }

  /** Spares the upload where the condition fails already; it is judged again with the write. */
  private void checkBeforehand(Bucket bucket, String key, Condition condition) {
    Stored current = store.objects().read(bucket, key);
    RefusalException refusal = condition.refusal(current == null ? null : current.row());
    if (refusal != null) {
      throw refusal;
    }
  }

  private static java.util.Map<String, String> checksum(ObjectRow.Builder row) {
    return row.hasChecksum() ? ObjectHeaders.checksum(row.getChecksum()) : java.util.Map.of();
  }
}
