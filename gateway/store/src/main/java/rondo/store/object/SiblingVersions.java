package rondo.store.object;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.ring.version.DotSource;
import rondo.ring.version.DottedVersionVector;
import rondo.ring.version.VersionVector;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The versions of keys in available buckets. No write depends on the present state. Each version
 * carries a dotted version vector of the versions that its gateway had seen. A version that no
 * other has overwritten is current, or in conflict with the current one, and stays. The head with
 * the largest stamp is served. Thread-safe.
 */
public final class SiblingVersions {
  private final RowStore rows;
  private final DotSource<Key> dots;

  SiblingVersions(RowStore rows) {
    this.rows = rows;
    this.dots = new DotSource<>(rows.self().value());
  }

  /**
   * Writes a new version, which overwrites the versions that this gateway has seen.
   *
   * @param keep called with the old head before it is replaced
   * @return the row as it was written
   */
  ObjectRow write(ObjectSlot slot, ObjectRow row, Consumer<VersionedValue> keep) {
    var made = new ObjectRow[] {row};
    slot.in(rows)
        .succeed(
            slot.head(),
            (before, stamp) -> {
              keep.accept(before);
              VersionVector seen = seen(ObjectRows.row(before));
              made[0] = VersionTable.placed(slot, named(slot.head(), row, seen, stamp), stamp);
              return RowStore.encode(made[0]);
            });
    return made[0];
  }

  /**
   * Removes a version other than the current one, and marks it as seen.
   *
   * @return the version; null when there was none of that id
   * @throws StoreException UNSUPPORTED for the current version; the condition's refusal, too
   */
  @Nullable ObjectRow remove(ObjectSlot slot, VersionId id, WriteCondition condition) {
    Key place = id.row(slot.shard(), slot.key());
    ObjectRow version = ObjectRows.row(slot.in(rows).read(place));
    if (version == null) {
      return null;
    }
    RefusalException refusal = condition.refusal(version);
    if (refusal != null) {
      throw refusal;
    }
    slot.in(rows)
        .succeed(
            slot.head(),
            (before, stamp) -> {
              ObjectRow now = ObjectRows.row(before);
              if (now == null || id.names(now)) {
                throw new StoreException(
                    Reason.UNSUPPORTED,
                    "The removal of the current version, in an available bucket,");
              }
              ObjectRow next =
                  now.toBuilder()
                      .clearChanges()
                      .addChanges(VersionChange.newBuilder().setSort(RowStore.text(place.sort())))
                      .build();
              return RowStore.encode(
                  named(slot.head(), next, seen(now).join(seen(version)), stamp));
            });
    return version;
  }

  private ObjectRow named(Key head, ObjectRow row, VersionVector seen, Stamp stamp) {
    byte[] dotted = dots.next(head, seen, stamp.time()).encode();
    return row.toBuilder().setDotted(UnsafeByteOperations.unsafeWrap(dotted)).build();
  }

  private static VersionVector seen(@Nullable ObjectRow row) {
    DottedVersionVector dotted = row == null ? null : dotted(row);
    return dotted == null ? VersionVector.NONE : dotted.seen();
  }

  private static @Nullable DottedVersionVector dotted(ObjectRow row) {
    return row.getDotted().isEmpty()
        ? null
        : DottedVersionVector.decode(row.getDotted().toByteArray());
  }

  /**
   * Returns those of a key's versions that no other overwrites: one, unless there is a conflict.
   * Versions from the time before the bucket was available are left out. Pure.
   */
  public static List<ObjectRow> newest(List<ObjectRow> versions) {
    var newest = new ArrayList<ObjectRow>();
    for (ObjectRow version : versions) {
      DottedVersionVector own = dotted(version);
      if (own != null && versions.stream().noneMatch(other -> overwrites(other, own))) {
        newest.add(version);
      }
    }
    return newest;
  }

  private static boolean overwrites(ObjectRow row, DottedVersionVector other) {
    DottedVersionVector dotted = dotted(row);
    return dotted != null && dotted.overwrites(other);
  }
}
