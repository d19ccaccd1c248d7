package rondo.store.object;

import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** Gives versions other blobs with the same bytes. Thread-safe. */
public record BlobRelocation(ObjectTable objects) {
  /**
   * Names {@code copies} in a version if it still names the blobs that it was read with, which are
   * released then; else the copies are. Says whether it names them.
   *
   * @param seen the version as it was read
   * @param copies blobs that no row has ever named: of all of the version's bytes, since a
   *     reference that it has counts for all of its blobs or for none
   * @throws StoreException when it isn't known what the version names; nothing is released
   */
  public boolean change(Bucket bucket, String key, ObjectRow seen, List<Segment> copies) {
    StoredObject before =
        objects.relock(bucket, key, VersionId.of(seen), now -> with(now, seen, copies));
    // A try that was overtaken may have been done all the same: the one after it finds that.
    boolean done =
        before != null
            && (ObjectRows.sameBlobs(before.row(), seen)
                || before.row().getSegmentsList().equals(copies));
    if (done) {
      objects.releases().replaced(seen, copies);
    } else {
      objects.releases().dropUnshared(copies);
    }
    return done;
  }

  private static ObjectRow with(ObjectRow now, ObjectRow seen, List<Segment> copies) {
    return ObjectRows.sameBlobs(now, seen)
        ? now.toBuilder().clearSegments().addAllSegments(copies).clearReference().build()
        : now;
  }
}
