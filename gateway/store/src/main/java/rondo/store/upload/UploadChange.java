package rondo.store.upload;

import java.util.function.UnaryOperator;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.bucket.BucketTable;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/** Changes uploads' rows, but not their phases, whether they have ended or not. Thread-safe. */
public record UploadChange(BucketTable buckets, RowStore rows) {
  /**
   * Changes an upload's row unless it is just becoming an object: whoever goes on with that relies
   * on the row.
   *
   * @param listed the row as a listing has it
   * @param change may be called several times
   * @return false when the row is no longer the listed one, or has to stay as it is
   * @throws rondo.store.row.StoreException NOT_DONE, UNKNOWN, NO_SUCH_BUCKET
   */
  public boolean apply(Bucket bucket, Reply.Entry listed, UnaryOperator<UploadRow> change) {
    var name = UploadPosition.nameOf(listed.sort());
    Bytes key = Bytes.utf8(name.key());
    ConditionalResult update =
        buckets.in(
            bucket,
            now ->
                rows.in(now)
                    .update(
                        Keys.upload(now.shardOf(key), key, Bytes.utf8(name.id())),
                        before ->
                            before.stamp().equals(listed.stamp())
                                ? changed(before, change)
                                : new Decision.Decline()));
    return update instanceof ConditionalResult.Written;
  }

  private static Decision changed(VersionedValue before, UnaryOperator<UploadRow> change) {
    if (before.value() == null) {
      return new Decision.Decline();
    }
    UploadRow row = RowStore.decode(UploadRow.parser(), before.value());
    return row.getPhase() == UploadRow.Phase.COMPLETING
        ? new Decision.Decline()
        : new Decision.Put(RowStore.encode(change.apply(row)));
  }
}
