package rondo.store.object;

import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.value.Bytes;
import rondo.store.row.Bucket;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** Appends blobs to an object that is still as it was read. Thread-safe. */
public final class ObjectExtension {
  private final ObjectTable objects;
  private final RandomIds ids = new RandomIds();

  public ObjectExtension(ObjectTable objects) {
    this.objects = objects;
  }

  /**
   * Replaces the object by {@code next} if it is still {@code expected}.
   *
   * @param next names the object's blobs and {@code further} behind them
   * @param further released when this throws and they were certainly not written
   * @return false when the object is another one: nothing was done, and the caller has to release
   *     {@code further}
   * @throws StoreException NOT_DONE; CONDITION_UNKNOWN when it may have been done; NO_SUCH_BUCKET;
   *     UNSUPPORTED in a bucket with versions, which can't share blobs this way
   */
  public boolean extend(
      Bucket bucket, String key, ObjectRow expected, ObjectRow next, List<Segment> further) {
    Bytes value = RowStore.encode(next.toBuilder().setNonce(RowStore.text(ids.next())).build());
    try {
      return objects.buckets().in(bucket, now -> replace(now, key, expected, value));
    } catch (StoreException refused) {
      if (refused.reason() != Reason.CONDITION_UNKNOWN) {
        objects.releases().dropUnshared(further);
      }
      throw refused;
    }
  }

  private boolean replace(Bucket now, String key, ObjectRow expected, Bytes value) {
    if (now.keepsVersions()) {
      throw new StoreException(
          Reason.UNSUPPORTED, "Appending in a bucket with versions or an undelete window");
    }
    ObjectSlot slot = ObjectSlot.of(now, key);
    ConditionalResult update =
        slot.in(objects.rows())
            .conditional(
                slot.head(),
                before ->
                    expected.equals(ObjectRows.row(before))
                        ? new Decision.PutOwn(value)
                        : new Decision.Decline());
    return update instanceof ConditionalResult.Written;
  }
}
