package rondo.gateway.store;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.register.Versioned;

/** What the states of objects' registers say. Pure. */
final class ObjectRows {
  private ObjectRows() {}

  static @Nullable ObjectRow row(Versioned state) {
    return state.value() == null ? null : Rows.decode(ObjectRow.parser(), state.value());
  }

  /**
   * The row that a writer replaced who doesn't know of versions; null when it has a place among
   * them, where it stays.
   */
  static @Nullable ObjectRow withoutPlace(@Nullable ObjectRow row) {
    return row == null || row.getVersion().isEmpty() ? row : null;
  }
}
