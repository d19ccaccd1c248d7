package rondo.gateway.store;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.gateway.store.StoreException.Reason;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Dots;
import rondo.ring.version.Dotted;
import rondo.ring.version.Stamp;
import rondo.ring.version.VersionVector;

/**
 * The versions of keys in available buckets. No write judges what is there, and each says by its
 * dotted version vector what its gateway had seen: what nobody has overwritten is current, or in
 * conflict with it, and stays a version. The head with the largest stamp is served. Thread-safe.
 */
final class Siblings {
  private final Rows rows;
  private final Dots<Key> dots;

  Siblings(Rows rows) {
    this.rows = rows;
    this.dots = new Dots<>(rows.self().value());
  }

  /**
   * Makes a new version, which overwrites what this gateway has seen.
   *
   * @param keep told of the head that was seen, before it is replaced
   * @return the row as it was written
   */
  ObjectRow write(ObjectSlot slot, ObjectRow row, Consumer<Versioned> keep) {
    var made = new ObjectRow[] {row};
    slot.in(rows)
        .succeed(
            slot.head(),
            (before, stamp) -> {
              keep.accept(before);
              VersionVector seen = seen(ObjectRows.row(before));
              made[0] = Versions.placed(slot, named(slot.head(), row, seen, stamp), stamp);
              return Rows.encode(made[0]);
            });
    return made[0];
  }

  /**
   * Removes a version that isn't the current one, as having been seen.
   *
   * @return the version; null when there was none of that id
   * @throws StoreException UNSUPPORTED for the current version; what the condition refuses with
   */
  @Nullable ObjectRow remove(ObjectSlot slot, VersionId id, Condition condition) {
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
                      .addChanges(VersionChange.newBuilder().setSort(Rows.text(place.sort())))
                      .build();
              return Rows.encode(named(slot.head(), next, seen(now).join(seen(version)), stamp));
            });
    return version;
  }

  private ObjectRow named(Key head, ObjectRow row, VersionVector seen, Stamp stamp) {
    byte[] dotted = dots.next(head, seen, stamp.time()).encode();
    return row.toBuilder().setDotted(UnsafeByteOperations.unsafeWrap(dotted)).build();
  }

  private static VersionVector seen(@Nullable ObjectRow row) {
    Dotted dotted = row == null ? null : dotted(row);
    return dotted == null ? VersionVector.NONE : dotted.seen();
  }

  private static @Nullable Dotted dotted(ObjectRow row) {
    return row.getDotted().isEmpty() ? null : Dotted.decode(row.getDotted().toByteArray());
  }

  /**
   * Those of a key's versions that none of the others has overwritten: one, unless there is a
   * conflict. What was written before the bucket was available is none of them. Pure.
   */
  static List<ObjectRow> newest(List<ObjectRow> versions) {
    var newest = new ArrayList<ObjectRow>();
    for (ObjectRow version : versions) {
      Dotted own = dotted(version);
      if (own != null && versions.stream().noneMatch(other -> overwrites(other, own))) {
        newest.add(version);
      }
    }
    return newest;
  }

  private static boolean overwrites(ObjectRow row, Dotted other) {
    Dotted dotted = dotted(row);
    return dotted != null && dotted.overwrites(other);
  }
}
