package rondo.ring.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places copies that can't go straight from a node above its quota (or from nowhere) to one below.
 * They go along chains of moves, each of which makes room for the one before it. The cheapest chain
 * goes first: moving a copy costs one, unless it is new anyway, and bringing a copy back to its old
 * node saves one (successive shortest paths, as for any flow of least cost).
 */
final class MoveChains {
  private static final int UNREACHED = Integer.MAX_VALUE / 2;
  private static final int NO_EDGE = Integer.MIN_VALUE;

  private final AssignmentDraft draft;
  private final int n;
  private final int nodes;

  /** The slots that may move from one node to another at one cost, the newest last. */
  private final Stack[] candidates;

  private int[] cost = {};
  private int[] reachedFrom = {};
  private int[] reachedBy = {};

  /** Slots, each as partition * n + slot; some may have moved since they were noted. */
  private static final class Stack {
    int[] items = new int[4];
    int size;

    void push(int item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, 2 * size);
      }
      items[size++] = item;
    }
  }

  MoveChains(AssignmentDraft draft, int n) {
    this.draft = draft;
    this.n = n;
    this.nodes = draft.nodes();
    this.candidates = new Stack[(nodes + 1) * nodes * 3];
  }

  void run() {
    if (!isUnsettled()) {
      return;
    }
    Arrays.setAll(candidates, i -> new Stack());
    for (int p = 0; p < draft.owners.length; p++) {
      note(p);
    }
    // Each chain settles one copy; the limit ends the loop if chains should undo each other.
    int left = 2 * n * draft.owners.length;
    for (int end = search(); end >= 0 && left > 0; end = search(), left--) {
      for (AssignmentDraft.CopyMove move : trace(end)) {
        if (!draft.fits(move.partition(), move.slot(), move.to())) {
          break;
        }
        draft.apply(move);
        note(move.partition());
      }
    }
  }

  private boolean isUnsettled() {
    boolean whole = true;
    for (int node = 0; node < nodes; node++) {
      whole &= draft.load[node] == draft.quota[node];
    }
    return !whole;
  }

  private void note(int p) {
    for (int slot = 0; slot < n; slot++) {
      int from = draft.owners[p][slot];
      for (int to = 0; to < nodes; to++) {
        if (draft.fits(p, slot, to)) {
          stack(from, to, costOf(p, from, to)).push(p * n + slot);
        }
      }
    }
  }

  private Stack stack(int from, int to, int moveCost) {
    return candidates[((from + 1) * nodes + to) * 3 + moveCost + 1];
  }

  private int costOf(int p, int from, int to) {
    int leaves = from == AssignmentDraft.NOBODY || draft.isNew(p, from) ? 0 : 1;
    return leaves - (draft.isNew(p, to) ? 0 : 1);
  }

  /** The cheapest slot that may move from one node to the other, or {@link #NO_EDGE}. */
  private int cheapest(int from, int to) {
    for (int moveCost = -1; moveCost <= 1; moveCost++) {
      Stack stack = stack(from, to, moveCost);
      while (stack.size > 0) {
        int item = stack.items[stack.size - 1];
        int p = item / n;
        if (draft.owners[p][item % n] == from && draft.fits(p, item % n, to)) {
          return item;
        }
        stack.size--;
      }
    }
    return NO_EDGE;
  }

  /** Finds the cheapest chain (Bellman and Ford); the node at its end, or -1 if there is none. */
  private int search() {
    cost = new int[nodes];
    reachedFrom = new int[nodes];
    reachedBy = new int[nodes];
    Arrays.fill(cost, UNREACHED);
    Arrays.fill(reachedFrom, NO_EDGE);
    boolean[] source = new boolean[nodes];
    for (int node = 0; node < nodes; node++) {
      if (draft.load[node] > draft.quota[node]) {
        cost[node] = 0;
        source[node] = true;
      }
    }
    relax(AssignmentDraft.NOBODY, 0, source);
    boolean changed = true;
    for (int round = 0; changed && round < nodes; round++) {
      changed = false;
      for (int from = 0; from < nodes; from++) {
        changed |= cost[from] < UNREACHED && relax(from, cost[from], source);
      }
    }
    int best = -1;
    for (int node = 0; node < nodes; node++) {
      boolean lacks = draft.load[node] < draft.quota[node] && cost[node] < UNREACHED;
      best = lacks && (best < 0 || cost[node] < cost[best]) ? node : best;
    }
    return best;
  }

  private boolean relax(int from, int costSoFar, boolean[] source) {
    boolean changed = false;
    for (int to = 0; to < nodes; to++) {
      int item = to == from || source[to] ? NO_EDGE : cheapest(from, to);
      if (item != NO_EDGE && costSoFar + costOf(item / n, from, to) < cost[to]) {
        cost[to] = costSoFar + costOf(item / n, from, to);
        reachedFrom[to] = from;
        reachedBy[to] = item;
        changed = true;
      }
    }
    return changed;
  }

  /** The moves of the chain, the last first, so that each finds room. */
  private List<AssignmentDraft.CopyMove> trace(int end) {
    var moves = new ArrayList<AssignmentDraft.CopyMove>();
    for (int to = end; moves.size() <= nodes && to >= 0 && reachedFrom[to] != NO_EDGE; ) {
      int from = reachedFrom[to];
      moves.add(new AssignmentDraft.CopyMove(reachedBy[to] / n, reachedBy[to] % n, from, to));
      to = from;
    }
    return moves;
  }
}
