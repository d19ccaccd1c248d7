package rondo.store.object;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;

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
}
