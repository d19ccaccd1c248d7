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

/** Puts further blobs behind those of an object that is still the one that was read. */
public final class ObjectExtension {
  private final ObjectTable objects;
  private final RandomIds ids = new RandomIds();

  public ObjectExtension(ObjectTable objects) {
    this.objects = objects;
  }

  /**
   * Makes {@code next}, which names the blobs of the object that is there and further ones, the
   * object, if that is still {@code expected}.
   *
   * @param further released when they were certainly not written, and this throws
   * @return false when it is another: nothing was done, and the further blobs are the caller's
   * @throws StoreException NOT_DONE, CONDITION_UNKNOWN when it was perhaps done, NO_SUCH_BUCKET,
   *     UNSUPPORTED where versions are kept, which can't share blobs so
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
      throw new StoreException(Reason.UNSUPPORTED, "Appending in a bucket with versions");
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
