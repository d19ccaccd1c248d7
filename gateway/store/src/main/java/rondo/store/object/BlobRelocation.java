package rondo.store.object;

import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** Replaces the blobs of versions by copies with the same bytes. Thread-safe. */
public record BlobRelocation(ObjectTable objects) {
  /**
   * Replaces a version's blobs by {@code copies} if the version still names the blobs that it was
   * read with, which are then released. Else the copies are released.
   *
   * @param seen the version as it was read
   * @param copies blobs that no row has ever named, with all of the version's bytes: a version has
   *     one reference for all of its blobs
   * @return whether the version names the copies
   * @throws StoreException when it isn't known which blobs the version names; none is released
   */
  public boolean change(Bucket bucket, String key, ObjectRow seen, List<Segment> copies) {
    StoredObject before =
        objects.relock(bucket, key, VersionId.of(seen), now -> with(now, seen, copies));
    // An overtaken attempt may have been done all the same; then the next attempt finds the
    // copies.
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
