package rondo.ring.balance;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/**
 * Computes an assignment: distinct zones first, then loads in proportion to capacity, then as few
 * moves as possible.
 *
 * <p>Copies that may stay do so. Missing copies, and copies on nodes above their quota, go to nodes
 * below theirs, directly or along the shortest chain of moves (augmenting paths of the flow from
 * partitions to nodes). The result depends on the arguments alone.
 */
public final class Balancer {
  private final int n;
  private final AssignmentDraft draft;

  private Balancer(int n, AssignmentDraft draft) {
    this.n = n;
    this.draft = draft;
  }

  /**
   * Assigns all classes, each by itself.
   *
   * @param nodes with capacity
   * @param replications of each class
   * @param before an assignment of as many classes
   */
  public static Assignment assign(
      Ring ring, List<Node> nodes, List<Replication> replications, Assignment before) {
    return IntStream.range(0, replications.size())
        .mapToObj(c -> assign(ring, nodes, replications.get(c), before.only(c)))
        .reduce(Assignment::and)
        .orElseThrow();
  }

  /**
   * Assigns one class.
   *
   * @param nodes with capacity; where they are fewer than copies, some seats are vacant
   * @param before null for a new class
   */
  public static Assignment assign(
      Ring ring, List<Node> nodes, Replication replication, @Nullable Assignment before) {
    int n = replication.n();
    if (nodes.size() < n) {
      List<NodeId> all = Vacancy.fill(nodes.stream().map(Node::id).toList(), n);
      return new Assignment(List.of(replication), Collections.nCopies(ring.partitions(), all));
    }
    int[][] members = PartitionQuotas.zones(nodes);
    int[][] owners = kept(ring, nodes, n, before);
    int[] load = load(owners, nodes.size());
    int[] quota = new PartitionQuotas(ring.partitions(), n, nodes, members).rounded(load);
    int spread = Math.min(n, members.length);
    var draft =
        new AssignmentDraft(
            owners, load, quota, PartitionQuotas.zoneOf(members, nodes.size()), spread);
    var balance = new Balancer(n, draft);
    balance.dropWhatViolates();
    balance.settle();
    return new Assignment(
        List.of(replication),
        Arrays.stream(owners)
            .map(set -> Arrays.stream(set).mapToObj(i -> nodes.get(i).id()).toList())
            .toList());
  }

  /** The old owners that are still members, widened to {@code n} slots. */
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
      Arrays.fill(owners[p], known.length, owners[p].length, AssignmentDraft.NOBODY);
    }
    return owners;
  }

  private static int[] load(int[][] owners, int nodes) {
    int[] load = new int[nodes];
    for (int[] set : owners) {
      for (int i : set) {
        if (i != AssignmentDraft.NOBODY) {
          load[i]++;
        }
      }
    }
    return load;
  }

  /** Drops copies beyond {@code n}, and those that keep a partition from spreading over zones. */
  private void dropWhatViolates() {
    int[][] owners = draft.owners;
    for (int p = 0; p < owners.length; p++) {
      while (owners[p].length > n) {
        int slot = worst(p, false);
        draft.load[owners[p][slot]]--;
        owners[p][slot] = owners[p][owners[p].length - 1];
        owners[p] = Arrays.copyOf(owners[p], owners[p].length - 1);
      }
      while (!draft.canSpread(p)) {
        int slot = worst(p, true);
        draft.apply(new AssignmentDraft.CopyMove(p, slot, owners[p][slot], AssignmentDraft.NOBODY));
      }
    }
  }

  /** The copy whose node is most above its quota; those that share their zone go first. */
  private int worst(int p, boolean sharingOnly) {
    int worst = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int slot = 0; slot < draft.owners[p].length; slot++) {
      int node = draft.owners[p][slot];
      if (node == AssignmentDraft.NOBODY) {
        continue;
      }
      boolean shares = draft.zonesOf(p, slot) == draft.zonesOf(p, AssignmentDraft.NOBODY);
      double excess =
          (double) draft.load[node] / Math.max(1, draft.quota[node]) + (shares ? 1e9 : 0);
      if ((shares || !sharingOnly) && excess > most) {
        worst = slot;
        most = excess;
      }
    }
    return worst;
  }

  private void settle() {
    eachSlot((p, slot) -> {
      if (draft.owners[p][slot] == AssignmentDraft.NOBODY) {
        place(p, slot);
      }
    });
    eachSlot((p, slot) -> {
      int owner = draft.owners[p][slot];
      if (owner != AssignmentDraft.NOBODY && draft.load[owner] > draft.quota[owner]) {
        place(p, slot);
      }
    });
    new MoveChains(draft, n).run();
    eachSlot(this::fill);
  }

  private void eachSlot(SlotAction action) {
    for (int p = 0; p < draft.owners.length; p++) {
      for (int slot = 0; slot < n; slot++) {
        action.at(p, slot);
      }
    }
  }

  private interface SlotAction {
    void at(int p, int slot);
  }

  /** Moves one copy to the node that is furthest below its quota, if a node may take it. */
  private void place(int p, int slot) {
    int best = AssignmentDraft.NOBODY;
    double most = 0;
    for (int node = 0; node < draft.nodes(); node++) {
      int quota = draft.quota[node];
      double lack = quota == 0 ? 0 : 1 - (double) draft.load[node] / quota;
      if (lack > most && draft.fits(p, slot, node)) {
        best = node;
        most = lack;
      }
    }
    if (best != AssignmentDraft.NOBODY) {
      draft.apply(new AssignmentDraft.CopyMove(p, slot, draft.owners[p][slot], best));
    }
  }

  /** Places a copy above a quota, when no chain could place it within the quotas. */
  private void fill(int p, int slot) {
    for (int to = 0; draft.owners[p][slot] == AssignmentDraft.NOBODY && to < draft.nodes(); to++) {
      if (draft.fits(p, slot, to)) {
        draft.apply(new AssignmentDraft.CopyMove(p, slot, AssignmentDraft.NOBODY, to));
      }
    }
  }
}
