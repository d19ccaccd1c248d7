package rondo.ring.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * Whether some order of the operations on one register, each between its start and its end,
 * explains their results: the search of Wing and Gong (JPDC 1993), remembering states. An operation
 * without an answer may take effect at any time after its start, or never.
 */
public final class Linearizability {
  private record State(long left, @Nullable Bytes value) {}

  private final List<ClientOperation> operations;
  private final Set<State> refuted = new HashSet<>();

  private Linearizability(List<ClientOperation> operations) {
    this.operations = operations;
  }

  /**
   * @param operations at most 63 that matter
   */
  public static boolean holds(List<ClientOperation> operations) {
    var relevant =
        operations.stream()
            .filter(o ->
                o.answered()
                    || o.kind() == ClientOperation.Kind.WRITE
                    || o.kind() == ClientOperation.Kind.WON)
            .toList();
    if (relevant.size() > 63) {
      throw new IllegalArgumentException(relevant.size() + " operations");
    }
    return new Linearizability(relevant).search((1L << relevant.size()) - 1, null);
  }

  private boolean search(long left, @Nullable Bytes value) {
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < operations.size(); i++) {
      if ((left >> i & 1) != 0) {
        firstEnd = Math.min(firstEnd, operations.get(i).endNanos());
      }
    }
    if (firstEnd == Long.MAX_VALUE) {
      return true;
    }
    var state = new State(left, value);
    if (refuted.contains(state)) {
      return false;
    }
    for (int i = 0; i < operations.size(); i++) {
      ClientOperation next = operations.get(i);
      if ((left >> i & 1) != 0
          && next.startNanos() <= firstEnd
          && possible(next, value)
          && search(left & ~(1L << i), effect(next, value))) {
        return true;
      }
    }
    refuted.add(state);
    return false;
  }

  private static boolean possible(ClientOperation next, @Nullable Bytes value) {
    return switch (next.kind()) {
      case WRITE -> true;
      case READ -> Objects.equals(next.value(), value);
      case WON, DECLINED -> Objects.equals(next.expected(), value);
      case LISTED -> value != null;
      case NOT_LISTED -> value == null;
    };
  }

  private static @Nullable Bytes effect(ClientOperation next, @Nullable Bytes value) {
    return switch (next.kind()) {
      case WRITE, WON -> next.value();
      case READ, DECLINED, LISTED, NOT_LISTED -> value;
    };
  }
}
