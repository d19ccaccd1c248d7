package rondo.ring.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/**
 * The fewest copies that lead from one assignment to any other with the same loads and zones: a
 * flow of least cost from partitions over their zones to nodes, found by cancelling cycles that
 * save copies, starting from the other assignment (Klein 1967).
 */
final class LeastCopies {
  private final List<int[]> edges = new ArrayList<>();
  private final Map<String, Integer> vertices = new HashMap<>();

  private LeastCopies() {}

  static int of(List<Node> nodes, Assignment before, Assignment after) {
    int n = after.classes().getFirst().n();
    int zones = (int) nodes.stream().map(Node::zone).distinct().count();
    var flow = new LeastCopies();
    for (int p = 0; p < after.owners().size(); p++) {
      flow.add(p, nodes, before.owners().get(p), after.owners().get(p), n - Math.min(n, zones) + 1);
    }
    int saved = 0;
    for (int less = flow.cancel(); less > 0; less = flow.cancel()) {
      saved += less;
    }
    return after.copiesFrom(before) - saved;
  }

  /** Adds a partition, its zones and nodes, with the flow that the assignment stands for. */
  private void add(int p, List<Node> nodes, List<NodeId> old, List<NodeId> now, int perZone) {
    int partition = vertex("partition " + p);
    Map<String, Integer> used = new HashMap<>();
    for (Node node : nodes) {
      int zone = vertex("partition " + p + " in " + node.zone());
      boolean here = now.contains(node.id());
      used.merge(node.zone(), here ? 1 : 0, Integer::sum);
      edge(zone, vertex(node.id().toString()), here ? 0 : 1, here ? 1 : 0, cost(old, node));
    }
    used.forEach((zone, copies) ->
        edge(partition, vertex("partition " + p + " in " + zone), perZone - copies, copies, 0));
  }

  private static int cost(List<NodeId> old, Node node) {
    return old.contains(node.id()) ? 0 : 1;
  }

  private int vertex(String name) {
    return vertices.computeIfAbsent(name, _ -> vertices.size());
  }

  /** Adds an edge and its reverse, side by side: from, to, room, cost. */
  private void edge(int from, int to, int room, int back, int cost) {
    edges.add(new int[] {from, to, room, cost});
    edges.add(new int[] {to, from, back, -cost});
  }

  /**
   * Turns the flow along one cycle of negative cost (Bellman and Ford); returns the copies saved.
   */
  private int cancel() {
    int[] distance = new int[vertices.size()];
    int[] by = new int[vertices.size()];
    Arrays.fill(by, -1);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int e = 0; e < edges.size(); e++) {
        int[] edge = edges.get(e);
        if (edge[2] > 0 && distance[edge[0]] + edge[3] < distance[edge[1]]) {
          distance[edge[1]] = distance[edge[0]] + edge[3];
          by[edge[1]] = e;
          changed = true;
        }
      }
      List<Integer> cycle = changed ? cycle(by) : null;
      if (cycle != null) {
        return turn(cycle);
      }
    }
    return 0;
  }

  private int turn(List<Integer> cycle) {
    int saved = 0;
    for (int e : cycle) {
      edges.get(e)[2]--;
      edges.get(e ^ 1)[2]++;
      saved -= edges.get(e)[3];
    }
    return saved;
  }

  /** A cycle among the edges by which vertices were reached; null when there is none. */
  private @Nullable List<Integer> cycle(int[] by) {
    int[] seen = new int[by.length];
    for (int start = 0; start < by.length; start++) {
      int at = start;
      while (at >= 0 && seen[at] == 0) {
        seen[at] = start + 1;
        at = by[at] < 0 ? -1 : edges.get(by[at])[0];
      }
      if (at >= 0 && seen[at] == start + 1) {
        var cycle = new ArrayList<Integer>();
        int to = at;
        do {
          cycle.add(by[to]);
          to = edges.get(by[to])[0];
        } while (to != at);
        return cycle;
      }
    }
    return null;
  }
}
