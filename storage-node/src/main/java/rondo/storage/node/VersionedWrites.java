package rondo.storage.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;

/**
 * Writes heads of keys. The state of a head that has versions brings the versions' rows with it, in
 * one write of the engine, even when the head is already newer. Thread-safe.
 */
final class VersionedWrites {
  private final RowRegisters registers;
  private final LongAdder conflicts = new LongAdder();

  VersionedWrites(RowRegisters registers) {
    this.registers = registers;
  }

  /** Returns the versions' rows that a request brings; none for a request of another table. */
  List<VersionRows.Beside> beside(Request.Propagate request) {
    return request.key().table() == Tables.OBJECTS
        ? VersionRows.beside(request.key(), request.state())
        : List.of();
  }

  /**
   * Returns how many writes were concurrent with the one that they met: neither had seen the other.
   */
  long conflicts() {
    return conflicts.sum();
  }

  /**
   * Propagates a state. The reply {@code Moved} says that the head is newer than the state, whose
   * versions' rows are written all the same.
   */
  RowRegisters.Answered propagate(Request.Propagate request) {
    List<VersionRows.Beside> beside = beside(request);
    if (beside.isEmpty()) {
      return registers.apply(request.key(), state -> state.propagate(request));
    }
    var keys = new ArrayList<>(List.of(request.key()));
    beside.forEach(row -> keys.add(row.key()));
    return registers.applyAll(
        keys,
        states -> {
          var transitions = new ArrayList<>(List.of(states.getFirst().propagate(request)));
          for (int i = 0; i < beside.size(); i++) {
            VersionRows.Beside row = beside.get(i);
            var copy = new Request.Propagate(request.epoch(), row.key(), row.state());
            transitions.add(states.get(i + 1).propagate(copy));
          }
          if (transitions.get(1).changed()
              && VersionRows.conflict(states.getFirst().current(), request.state())) {
            conflicts.increment();
          }
          return transitions;
        },
        states ->
            states.getFirst().current().stamp().compareTo(request.state().stamp()) > 0
                ? new Reply.Moved(states.getFirst().current().stamp())
                : new Reply.Done());
  }
}
