package rondo.ring.placement;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import rondo.ring.value.NodeId;

/**
 * Which nodes hold each partition.
 *
 * @param classes the replication of each class of partitions, at least class 0's
 * @param owners the owners of each partition, class after class, with equally many partitions in
 *     each: as many distinct nodes or vacant seats as the partition has copies, sorted
 */
public record Assignment(List<Replication> classes, List<List<NodeId>> owners) {
  public Assignment {
    classes = List.copyOf(classes);
    owners = owners.stream().map(set -> set.stream().sorted().toList()).toList();
    if (classes.isEmpty() || owners.size() % classes.size() != 0) {
      throw new IllegalArgumentException(owners.size() + " partitions of " + classes);
    }
    int each = owners.size() / classes.size();
    for (int p = 0; p < owners.size(); p++) {
      List<NodeId> set = owners.get(p);
      Replication replication = classes.get(p / each);
      if (set.size() != replication.n() || set.stream().distinct().count() != set.size()) {
        throw new IllegalArgumentException(set + " for " + replication);
      }
    }
  }

  public List<NodeId> of(int partition) {
    return owners.get(partition);
  }

  /** How many copies a partition has, and how many answers make a quorum. */
  public Replication replication(int partition) {
    return classes.get(partition / each());
  }

  /** The owners of a partition, with its replication. */
  public PartitionOwners ownersOf(int partition) {
    return new PartitionOwners(of(partition), replication(partition));
  }

  private int each() {
    return owners.size() / classes.size();
  }

  /** The assignment of one class alone. */
  public Assignment only(int number) {
    return new Assignment(
        List.of(classes.get(number)), owners.subList(number * each(), (number + 1) * each()));
  }

  /** This assignment, followed by the classes of {@code more}. */
  public Assignment and(Assignment more) {
    return new Assignment(
        Stream.concat(classes.stream(), more.classes.stream()).toList(),
        Stream.concat(owners.stream(), more.owners.stream()).toList());
  }

  /** This assignment with each node that {@code successors} names replaced by its successor. */
  public Assignment replacing(Map<NodeId, NodeId> successors) {
    return successors.isEmpty()
        ? this
        : new Assignment(
            classes,
            owners.stream()
                .map(set -> set.stream().map(id -> successors.getOrDefault(id, id)).toList())
                .toList());
  }

  /** The number of copies of all partitions together, without vacant seats. */
  public int copies() {
    return (int) owners.stream().flatMap(List::stream).filter(node -> !Vacancy.is(node)).count();
  }

  /** The most seats of a partition that are vacant. */
  public int vacancies() {
    return owners.stream().mapToInt(Vacancy::count).max().orElse(0);
  }

  /** How many partitions each node holds; nodes that hold none are left out. */
  public Map<NodeId, Integer> load() {
    var load = new TreeMap<NodeId, Integer>();
    owners.forEach(set -> set.forEach(node -> load.merge(node, 1, Integer::sum)));
    return load;
  }

  /** The nodes that hold at least one partition, sorted; vacant seats are among them. */
  public List<NodeId> holders() {
    return owners.stream().flatMap(List::stream).distinct().sorted().toList();
  }

  /** The partitions that this node holds. */
  public BitSet heldBy(NodeId node) {
    var held = new BitSet(owners.size());
    for (int p = 0; p < owners.size(); p++) {
      if (of(p).contains(node)) {
        held.set(p);
      }
    }
    return held;
  }

  /** The number of copies that nodes must make to get from {@code from} to this assignment. */
  public int copiesFrom(Assignment from) {
    int copies = 0;
    for (int p = 0; p < owners.size(); p++) {
      List<NodeId> before = from.of(p);
      copies += (int) of(p).stream().filter(it -> !Vacancy.is(it) && !before.contains(it)).count();
    }
    return copies;
  }

  /** Whether the two assignments give this partition other nodes or other quorums. */
  public boolean differsAt(int partition, Assignment other) {
    return !ownersOf(partition).equals(other.ownersOf(partition));
  }

  public ReplicaSet replicas(int partition, int needed) {
    return new ReplicaSet(of(partition), needed);
  }
}
