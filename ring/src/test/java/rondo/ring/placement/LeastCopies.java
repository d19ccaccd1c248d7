package rondo.ring.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fewest copies that lead from one assignment to any other with the same loads and as many
 * zones per partition: by trying everything, partition by partition. For tiny rings.
 */
final class LeastCopies {
  private LeastCopies() {}

  static int of(List<Node> nodes, Assignment before, Assignment after) {
    List<NodeId> ids = nodes.stream().map(Node::id).toList();
    List<Integer> quota = ids.stream().map(id -> after.load().getOrDefault(id, 0)).toList();
    int n = after.replication().n();
    long zones = Math.min(n, nodes.stream().map(Node::zone).distinct().count());
    List<List<Integer>> sets =
        sets(nodes.size(), n, 0).stream()
            .filter(set -> set.stream().map(i -> nodes.get(i).zone()).distinct().count() == zones)
            .toList();
    Map<List<Integer>, Integer> best = Map.of(Collections.nCopies(nodes.size(), 0), 0);
    for (List<NodeId> old : before.owners()) {
      Map<List<Integer>, Integer> next = new HashMap<>();
      best.forEach((load, cost) -> {
        for (List<Integer> set : sets) {
          var with = new ArrayList<>(load);
          set.forEach(i -> with.set(i, with.get(i) + 1));
          if (set.stream().allMatch(i -> with.get(i) <= quota.get(i))) {
            int copies = (int) set.stream().filter(i -> !old.contains(ids.get(i))).count();
            next.merge(with, cost + copies, Math::min);
          }
        }
      });
      best = next;
    }
    return best.getOrDefault(quota, Integer.MAX_VALUE);
  }

  private static List<List<Integer>> sets(int among, int choose, int from) {
    if (choose == 0) {
      return List.of(List.of());
    }
    var sets = new ArrayList<List<Integer>>();
    for (int first = from; first < among; first++) {
      for (List<Integer> rest : sets(among, choose - 1, first + 1)) {
        var set = new ArrayList<Integer>(List.of(first));
        set.addAll(rest);
        sets.add(set);
      }
    }
    return sets;
  }
}
