package rondo.metadata.shard;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import rondo.ring.message.Row;
import rondo.ring.value.VersionedValue;

/** What the rows of one key's replicas add up to. Pure. */
final class NewestRow {
  private NewestRow() {}

  /** The newest state. */
  static VersionedValue state(List<Row> rows) {
    return rows.stream()
        .map(Row::state)
        .max(Comparator.comparing(VersionedValue::stamp))
        .orElse(VersionedValue.NEVER);
  }

  /**
   * The newest state, or the conditional write that may have been chosen on top of it. The replicas
   * accept nothing more and meet every quorum: the one that was accepted at the highest ballot is
   * the only one that can have been.
   */
  static VersionedValue settled(List<Row> closed) {
    VersionedValue state = state(closed);
    return closed.stream()
        .map(Row::pending)
        .filter(Objects::nonNull)
        .filter(pending -> pending.base().compareTo(state.stamp()) >= 0)
        .max(Comparator.comparing(Row.Pending::base).thenComparing(Row.Pending::ballot))
        .map(pending -> new VersionedValue(pending.base().successor(), pending.value()))
        .orElse(state);
  }

  /**
   * Whether each of so many replicas has the same tombstone, with nothing on top. Their states only
   * grow: none will ever again tell of what was there before.
   */
  static boolean isBuried(List<Row> rows, int replicas) {
    VersionedValue state = state(rows);
    return !state.isPresent()
        && rows.size() == replicas
        && rows.stream().allMatch(row -> row.state().equals(state) && row.pending() == null);
  }

  static boolean isUnfinished(List<Row> rows) {
    return rows.stream().anyMatch(row -> row.pending() != null);
  }
}
