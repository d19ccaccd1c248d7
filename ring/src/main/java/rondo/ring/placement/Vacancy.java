package rondo.ring.placement;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import rondo.ring.value.NodeId;

/**
 * The seat of a copy for which there is no node, as an owner that never answers. It keeps the
 * number of copies, and with it every quorum, as large as before: a partition of three copies on
 * two nodes needs both of them, as if the third node were down, until a node takes the seat. The
 * ids of seats are the lowest ones, which no node draws: a node's are positive.
 */
public final class Vacancy {
  private static final long FIRST = Long.MIN_VALUE;

  private Vacancy() {}

  /** Whether this id is that of a vacant seat. */
  public static boolean is(NodeId owner) {
    return owner.value() < FIRST + Byte.MAX_VALUE;
  }

  /** The number of vacant seats among these owners. */
  public static int count(List<NodeId> owners) {
    return (int) owners.stream().filter(Vacancy::is).count();
  }

  /** All nodes as owners, and vacant seats up to the number of copies. */
  public static List<NodeId> fill(List<NodeId> nodes, int copies) {
    Stream<NodeId> seats =
        IntStream.rangeClosed(1, copies - nodes.size()).mapToObj(i -> new NodeId(FIRST + i));
    return Stream.concat(nodes.stream(), seats).toList();
  }
}
