package rondo.ring.placement;

import java.util.List;
import java.util.stream.Stream;
import rondo.ring.value.NodeId;

/**
 * Where the rows of one partition live in one layout epoch. A quorum is enough answers in
 * <em>each</em> set: one set in a normal epoch; in a joint epoch a write needs a quorum of the old
 * and of the new one, a read a quorum of the old. Every read quorum meets every write quorum, and
 * every two write quorums meet.
 *
 * @param epoch of the layout that says so; every request carries it
 */
public record Placement(long epoch, List<ReplicaSet> readSets, List<ReplicaSet> writeSets) {
  /** No node has this id: the ids of nodes are positive. */
  private static final NodeId NOBODY = new NodeId(0);

  public Placement {
    readSets = List.copyOf(readSets);
    writeSets = List.copyOf(writeSets);
    if (readSets.isEmpty() || writeSets.isEmpty()) {
      throw new IllegalArgumentException("no replicas");
    }
  }

  /**
   * The placement of a partition key whose owners this node doesn't know before it hears of a newer
   * layout. Its only replica never answers, so that the caller tries again.
   */
  public static Placement nowhere(long epoch) {
    var nobody = List.of(new ReplicaSet(List.of(NOBODY), 1));
    return new Placement(epoch, nobody, nobody);
  }

  /**
   * The read sets, and the write sets on other nodes. A round on all of them tells whether the
   * newest state is on every quorum that must have it.
   */
  public List<ReplicaSet> allSets() {
    var nodes = readSets.stream().map(ReplicaSet::nodes).toList();
    return Stream.concat(
            readSets.stream(), writeSets.stream().filter(set -> !nodes.contains(set.nodes())))
        .toList();
  }
}
