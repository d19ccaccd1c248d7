package rondo.gateway.store;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.register.Bytes;
import rondo.ring.register.Versioned;

/** A write of a head under a condition. Pure. */
final class Conditional {
  private Conditional() {}

  static Function<Versioned, Judgement> put(@Nullable Bytes value, Condition condition) {
    return before ->
        condition.refusalOfHead(ObjectRows.row(before)) == null
            ? value == null ? new Judgement.Put(null) : new Judgement.PutOwn(value)
            : new Judgement.Decline();
  }

  static Update.Written accepted(Update update, Condition condition) {
    return switch (update) {
      case Update.Written written -> written;
      case Update.Declined(Versioned before) ->
          throw Objects.requireNonNull(
              condition.refusalOfHead(ObjectRows.row(before)), "refused without a reason");
    };
  }
}
