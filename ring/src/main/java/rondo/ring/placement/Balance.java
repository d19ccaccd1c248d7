package rondo.ring.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes an assignment: distinct zones first, then loads in proportion to capacity, then as few
 * moves as possible.
 *
 * <p>Copies that may stay stay; what is missing, and what stands on nodes above their quota, goes
 * to nodes below theirs, directly or along the shortest chain of moves (augmenting paths of the
 * flow from partitions to nodes). The result depends on the arguments alone.
 */
final class Balance {
  /** Stands for "nobody" among the sources of moves: copies that don't exist yet. */
  private static final int NOBODY = -1;

  private final int n;
  private final int[] zoneOf;
  private final int spread;
  private final int[] quota;
  private final int[] load;

  /** Owners by partition, -1 where a copy is missing. */
  private final int[][] owners;

  private final int[][] before;

  private record Move(int partition, int slot, int from, int to) {}

  private Balance(int n, int[] zoneOf, int zones, int[] quota, int[][] owners, int[] load) {
    this.n = n;
    this.zoneOf = zoneOf;
    this.spread = Math.min(n, zones);
    this.quota = quota;
    this.owners = owners;
    this.load = load;
    this.before = Arrays.stream(owners).map(int[]::clone).toArray(int[][]::new);
  }

  /**
   * @param nodes with capacity, at least as many as copies
   * @param before null for a new ring
   */
  static Assignment assign(
      Ring ring, List<Node> nodes, Replication replication, @Nullable Assignment before) {
    int n = replication.n();
    int[][] members = Quotas.zones(nodes);
    int[][] owners = kept(ring, nodes, n, before);
    int[] load = load(owners, nodes.size());
    int[] quota = new Quotas(ring.partitions(), n, nodes, members).rounded(load);
    var balance =
        new Balance(n, Quotas.zoneOf(members, nodes.size()), members.length, quota, owners, load);
    balance.dropWhatViolates();
    balance.settle();
    return new Assignment(
        replication,
        Arrays.stream(owners)
            .map(set -> Arrays.stream(set).mapToObj(i -> nodes.get(i).id()).toList())
            .toList());
  }

  /** What the old assignment gives to nodes that are still there, widened to {@code n} slots. */
  private static int[][] kept(Ring ring, List<Node> nodes, int n, @Nullable Assignment before) {
    Map<NodeId, Integer> index = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i).id(), i);
    }
    int[][] owners = new int[ring.partitions()][];
    for (int p = 0; p < owners.length; p++) {
      List<NodeId> old = before == null ? List.of() : before.of(p);
      int[] known = old.stream().filter(index::containsKey).mapToInt(index::get).toArray();
      owners[p] = Arrays.copyOf(known, Math.max(n, known.length));
      Arrays.fill(owners[p], known.length, owners[p].length, NOBODY);
    }
    return owners;
  }

  private static int[] load(int[][] owners, int nodes) {
    int[] load = new int[nodes];
    for (int[] set : owners) {
      for (int i : set) {
        if (i != NOBODY) {
          load[i]++;
        }
      }
    }
    return load;
  }

  /** Drops copies beyond {@code n}, and those that keep a partition from spreading over zones. */
  private void dropWhatViolates() {
    for (int p = 0; p < owners.length; p++) {
      while (owners[p].length > n) {
        int slot = worst(p, false);
        load[owners[p][slot]]--;
        owners[p][slot] = owners[p][owners[p].length - 1];
        owners[p] = Arrays.copyOf(owners[p], owners[p].length - 1);
      }
      while (zonesOf(p, NOBODY) + missing(p) < spread) {
        int slot = worst(p, true);
        load[owners[p][slot]]--;
        owners[p][slot] = NOBODY;
      }
    }
  }

  /** The copy whose node is most above its quota; those that share their zone go first. */
  private int worst(int p, boolean sharingOnly) {
    int worst = NOBODY;
    double most = Double.NEGATIVE_INFINITY;
    for (int slot = 0; slot < owners[p].length; slot++) {
      int node = owners[p][slot];
      if (node == NOBODY) {
        continue;
      }
      boolean shares = zonesOf(p, slot) == zonesOf(p, NOBODY);
      double excess = (double) load[node] / Math.max(1, quota[node]) + (shares ? 1e9 : 0);
      if ((shares || !sharingOnly) && excess > most) {
        worst = slot;
        most = excess;
      }
    }
    return worst;
  }

  private int missing(int p) {
    return (int) Arrays.stream(owners[p]).filter(i -> i == NOBODY).count();
  }

  /** Distinct zones of a partition's copies, {@code exceptSlot} left out. */
  private int zonesOf(int p, int exceptSlot) {
    int[] set = owners[p];
    int count = 0;
    for (int a = 0; a < set.length; a++) {
      if (a == exceptSlot || set[a] == NOBODY) {
        continue;
      }
      boolean seen = false;
      for (int b = 0; b < a; b++) {
        seen |= b != exceptSlot && set[b] != NOBODY && zoneOf[set[b]] == zoneOf[set[a]];
      }
      count += seen ? 0 : 1;
    }
    return count;
  }

  /** Whether a copy on {@code node} instead of in this slot still lets the partition spread. */
  private boolean fits(int p, int slot, int node) {
    int[] set = owners[p];
    boolean sameZone = false;
    for (int a = 0; a < set.length; a++) {
      if (set[a] == node) {
        return false;
      }
      sameZone |= a != slot && set[a] != NOBODY && zoneOf[set[a]] == zoneOf[node];
    }
    int open = missing(p) - (set[slot] == NOBODY ? 1 : 0);
    return zonesOf(p, slot) + (sameZone ? 0 : 1) + open >= spread;
  }

  private void settle() {
    for (int p = 0; p < owners.length; p++) {
      for (int slot = 0; slot < n; slot++) {
        if (owners[p][slot] == NOBODY || load[owners[p][slot]] > quota[owners[p][slot]]) {
          place(p, slot);
        }
      }
    }
    int left = 2 * n * owners.length;
    for (List<Move> chain = chain(); !chain.isEmpty() && left > 0; chain = chain(), left--) {
      for (Move move : chain.reversed()) {
        if (!fits(move.partition, move.slot, move.to)) {
          break;
        }
        apply(move);
      }
    }
    fillTheRest();
  }

  /** Copies that no chain could place without breaking a quota break one. */
  private void fillTheRest() {
    for (int p = 0; p < owners.length; p++) {
      for (int slot = 0; slot < n; slot++) {
        for (int to = 0; owners[p][slot] == NOBODY && to < quota.length; to++) {
          if (fits(p, slot, to)) {
            apply(new Move(p, slot, NOBODY, to));
          }
        }
      }
    }
  }

  /** Moves one copy straight to the node that lacks most, if one may take it. */
  private void place(int p, int slot) {
    int best = NOBODY;
    double most = 0;
    for (int node = 0; node < quota.length; node++) {
      double lack = quota[node] == 0 ? 0 : 1 - (double) load[node] / quota[node];
      if (lack > most && fits(p, slot, node)) {
        best = node;
        most = lack;
      }
    }
    if (best != NOBODY) {
      apply(new Move(p, slot, owners[p][slot], best));
    }
  }

  private void apply(Move move) {
    if (move.from != NOBODY) {
      load[move.from]--;
    }
    load[move.to]++;
    owners[move.partition][move.slot] = move.to;
  }

  /**
   * The cheapest chain of moves from a missing copy or a node above its quota to a node below its
   * quota; empty when there is none. Each move makes room for the one before it; moving a copy that
   * is new anyway costs nothing.
   */
  private List<Move> chain() {
    @Nullable Move[] reachedBy = new Move[quota.length];
    int[] cost = new int[quota.length];
    Arrays.fill(cost, Integer.MAX_VALUE);
    var queue = new ArrayDeque<Integer>();
    queue.add(NOBODY);
    for (int node = 0; node < quota.length; node++) {
      if (load[node] > quota[node]) {
        cost[node] = 0;
        queue.add(node);
      }
    }
    boolean[] done = new boolean[quota.length];
    List<List<int[]>> slots = slotsByNode();
    while (!queue.isEmpty()) {
      int from = queue.remove();
      if (from != NOBODY && load[from] < quota[from]) {
        return trace(reachedBy, from);
      }
      if (from == NOBODY || !done[from]) {
        slots.get(from + 1).forEach(place -> relax(place, from, cost, reachedBy, queue));
      }
      if (from != NOBODY) {
        done[from] = true;
      }
    }
    return List.of();
  }

  private void relax(
      int[] place, int from, int[] cost, @Nullable Move[] reachedBy, ArrayDeque<Integer> queue) {
    boolean fresh = from == NOBODY || isNew(place[0], from);
    int reached = (from == NOBODY ? 0 : cost[from]) + (fresh ? 0 : 1);
    for (int to = 0; to < quota.length; to++) {
      if (reached < cost[to] && fits(place[0], place[1], to)) {
        cost[to] = reached;
        reachedBy[to] = new Move(place[0], place[1], from, to);
        if (fresh) {
          queue.addFirst(to);
        } else {
          queue.addLast(to);
        }
      }
    }
  }

  private boolean isNew(int p, int node) {
    return Arrays.stream(before[p]).noneMatch(i -> i == node);
  }

  private List<List<int[]>> slotsByNode() {
    List<List<int[]>> slots = new ArrayList<>();
    for (int i = 0; i <= quota.length; i++) {
      slots.add(new ArrayList<>());
    }
    for (int p = 0; p < owners.length; p++) {
      for (int slot = 0; slot < n; slot++) {
        slots.get(owners[p][slot] + 1).add(new int[] {p, slot});
      }
    }
    return slots;
  }

  private static List<Move> trace(@Nullable Move[] reachedBy, int end) {
    var chain = new ArrayList<Move>();
    for (Move move = reachedBy[end]; move != null; ) {
      chain.add(move);
      move = move.from == NOBODY ? null : reachedBy[move.from];
    }
    return chain.reversed();
  }
}
