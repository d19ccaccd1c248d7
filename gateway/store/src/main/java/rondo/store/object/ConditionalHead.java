package rondo.store.object;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RowStore;

/** Writes a head under a condition. Pure. */
final class ConditionalHead {
  private ConditionalHead() {}

  static Function<VersionedValue, Decision> put(@Nullable Bytes value, WriteCondition condition) {
    return before ->
        condition.refusalOfHead(ObjectRows.row(before)) == null
            ? value == null ? new Decision.Put(null) : new Decision.PutOwn(value)
            : new Decision.Decline();
  }

  static ConditionalResult.Written accepted(ConditionalResult update, WriteCondition condition) {
    return switch (update) {
      case ConditionalResult.Written written -> written;
      case ConditionalResult.Declined(VersionedValue before) ->
          throw Objects.requireNonNull(
              condition.refusalOfHead(ObjectRows.row(before)), "refused without a reason");
    };
  }

  /** Replaces that head by a row that no other writer makes. */
  static Function<VersionedValue, Decision> own(VersionedValue head, ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Decision.PutOwn(RowStore.encode(next))
            : new Decision.Decline();
  }

  /** Replaces that head; removes it where {@code next} is null. */
  static Function<VersionedValue, Decision> after(VersionedValue head, @Nullable ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Decision.Put(next == null ? null : RowStore.encode(next))
            : new Decision.Decline();
  }
}
