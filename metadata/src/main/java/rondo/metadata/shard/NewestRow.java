package rondo.metadata.shard;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import rondo.ring.message.Row;
import rondo.ring.value.VersionedValue;

/** Merges the rows that the replicas have of one key. Pure. */
final class NewestRow {
  private NewestRow() {}

  /** Returns the newest state. */
  static VersionedValue state(List<Row> rows) {
    return rows.stream()
        .map(Row::state)
        .max(Comparator.comparing(VersionedValue::stamp))
        .orElse(VersionedValue.NEVER);
  }

  /**
   * Returns the newest state, or the conditional write that may have been chosen on top of it. The
   * replicas accept nothing more and meet every quorum, so only the write accepted at the highest
   * ballot can have been chosen.
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
   * Whether each of so many replicas has the same tombstone and no accepted write on top. The
   * states of replicas only grow: none will ever again return a state from before the tombstone.
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
