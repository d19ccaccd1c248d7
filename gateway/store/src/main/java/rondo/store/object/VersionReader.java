package rondo.store.object;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.store.bucket.BucketTable;
import rondo.store.row.Bucket;

/**
 * Reads objects and versions. A key that isn't there is looked for again when its bucket has been
 * made anew in the meantime. Thread-safe.
 */
record VersionReader(BucketTable buckets, VersionTable versions) {
  /**
   * Reads a version, which may be a delete marker.
   *
   * @param id null for the current version
   * @param head reads the key's head
   * @return null when there is none and the bucket is still there
   */
  @Nullable StoredObject read(
      Bucket bucket,
      String key,
      @Nullable VersionId id,
      BiFunction<Bucket, Key, VersionedValue> head) {
    StoredObject stored = buckets.in(bucket, now -> readIn(now, key, id, head));
    if (stored == null) {
      Bucket now = buckets.successor(bucket);
      return now.sameAs(bucket) ? null : buckets.in(now, newer -> readIn(newer, key, id, head));
    }
    return stored;
  }

  private @Nullable StoredObject readIn(
      Bucket now,
      String key,
      @Nullable VersionId id,
      BiFunction<Bucket, Key, VersionedValue> head) {
    ObjectSlot slot = ObjectSlot.of(now, key);
    if (id != null) {
      return versions.read(slot, id);
    }
    VersionedValue state = head.apply(now, slot.head());
    ObjectRow row = ObjectRows.row(state);
    return row == null || row.getGone() ? null : new StoredObject(row, state.stamp());
  }
}
