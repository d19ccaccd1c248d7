package rondo.ring.quorum;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/** Counts which replicas said yes and which said no. Not thread-safe. */
public final class Tally {
  private final List<ReplicaSet> sets;
  private final Set<NodeId> yes = new TreeSet<>();
  private final Set<NodeId> no = new TreeSet<>();

  public Tally(List<ReplicaSet> sets) {
    this.sets = sets;
  }

  /** All nodes of all sets, each once, in the sets' order. */
  public List<NodeId> nodes() {
    return sets.stream().flatMap(set -> set.nodes().stream()).distinct().toList();
  }

  public void yes(NodeId node) {
    no.remove(node);
    yes.add(node);
  }

  /** Counts a no, unless the node has said yes. */
  public void no(NodeId node) {
    if (!yes.contains(node)) {
      no.add(node);
    }
  }

  /** Whether each set has as many yeses as it needs. */
  public boolean reached() {
    return sets.stream().allMatch(set -> count(set, yes) >= set.needed());
  }

  /**
   * Whether each set has as many yeses as it needs, where {@code least} yeses are enough for a set
   * whose nodes have all answered.
   */
  public boolean reached(int least) {
    return sets.stream()
        .allMatch(set -> {
          long yeses = count(set, yes);
          return yeses >= set.needed()
              || (yeses >= least && set.nodes().stream().allMatch(this::answered));
        });
  }

  /** Whether some set can't get as many yeses as it needs, even if every silent node says yes. */
  public boolean impossible() {
    return sets.stream().anyMatch(set -> set.nodes().size() - count(set, no) < set.needed());
  }

  /** Whether some set can't get as many yeses as it needs if the silent nodes of these stay so. */
  public boolean impossibleWithout(Predicate<NodeId> silent) {
    return sets.stream()
        .anyMatch(set -> {
          long out =
              set.nodes().stream()
                  .filter(node -> no.contains(node) || (!yes.contains(node) && silent.test(node)))
                  .count();
          return set.nodes().size() - out < set.needed();
        });
  }

  /** The first set that has too few yeses, in words; empty when each has enough. */
  public String shortage() {
    return sets.stream()
        .filter(set -> count(set, yes) < set.needed())
        .findFirst()
        .map(set ->
            "%d of %d, where %d are needed"
                .formatted(count(set, yes), set.nodes().size(), set.needed()))
        .orElse("");
  }

  /** Whether every node has answered. */
  public boolean complete() {
    return nodes().stream().allMatch(this::answered);
  }

  public boolean saidYes(NodeId node) {
    return yes.contains(node);
  }

  public boolean answered(NodeId node) {
    return yes.contains(node) || no.contains(node);
  }

  private static long count(ReplicaSet set, Set<NodeId> among) {
    return set.nodes().stream().filter(among::contains).count();
  }
}
