package rondo.server.health;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.placement.Node;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Vacancy;
import rondo.ring.quorum.Tally;
import rondo.ring.value.NodeId;

/**
 * The partitions that can't be read or written while some nodes are down.
 *
 * @param partitions how many there are, of all classes of copies
 * @param unreadable those without a read quorum
 * @param unwritable those without a write quorum
 * @param down the members that are down, without those that were removed or lost and hold nothing
 */
public record QuorumHealth(
    int partitions, BitSet unreadable, BitSet unwritable, List<NodeId> down) {
  private static final int MOST_RANGES = 8;
  private static final int MOST_NODES = 8;

  private static final String WAY_OUT =
      " If too many are gone for good, 'rondo rescue' shows the way out.";

  /** The health of a layout's partitions while these nodes are down. */
  public static QuorumHealth of(Layout layout, Predicate<NodeId> isDown) {
    var down = new ArrayList<NodeId>();
    RingDrawing.nodes(layout).stream().map(Node::id).filter(isDown).forEach(down::add);
    var unreadable = new BitSet();
    var unwritable = new BitSet();
    for (int p = 0; p < layout.partitions(); p++) {
      Placement placement = layout.placement(p);
      unreadable.set(p, isOutOfReach(placement.readSets(), down));
      unwritable.set(p, isOutOfReach(placement.writeSets(), down));
    }
    return new QuorumHealth(layout.partitions(), unreadable, unwritable, List.copyOf(down));
  }

  private static boolean isOutOfReach(List<ReplicaSet> sets, List<NodeId> down) {
    return new Tally(sets).impossibleWithout(node -> Vacancy.is(node) || down.contains(node));
  }

  /** How many partitions can't be read, can't be written, or neither. */
  public int lost() {
    var lost = (BitSet) unreadable.clone();
    lost.or(unwritable);
    return lost.cardinality();
  }

  /** The share of partitions that can be read and written, in whole percent, rounded down. */
  public int percent() {
    return partitions == 0 ? 100 : (int) (100L * (partitions - lost()) / partitions);
  }

  /**
   * Why not everything can be read and written, and why a copy is out of reach.
   *
   * @param expected whether a node is down on purpose, which is told elsewhere
   */
  public List<HealthReason> reasons(Layout layout, Predicate<NodeId> expected) {
    var reasons = new ArrayList<HealthReason>();
    add(reasons, HealthCause.UNREADABLE, "read", unreadable, layout);
    add(reasons, HealthCause.UNWRITABLE, "written", unwritable, layout);
    List<NodeId> lost = down.stream().filter(expected.negate()).toList();
    if (!lost.isEmpty()) {
      String sentence =
          "Members that give no answer: %d; %s".formatted(lost.size(), who(layout, lost));
      reasons.add(
          new HealthReason(HealthQuestion.WHOLE, HealthCause.NODES_DOWN, lost.size(), sentence));
    }
    return reasons;
  }

  private void add(
      List<HealthReason> reasons, HealthCause cause, String done, BitSet lost, Layout layout) {
    if (!lost.isEmpty()) {
      String sentence =
          "%d of %d partitions can't be %s now (%s), as too few of their nodes answer; down: %s"
              .formatted(
                  lost.cardinality(),
                  partitions,
                  done,
                  PartitionRanges.of(lost, MOST_RANGES),
                  who(layout, down) + WAY_OUT);
      reasons.add(new HealthReason(HealthQuestion.QUORUM, cause, lost.cardinality(), sentence));
    }
  }

  /** Why new data finds no room, where {@code this} is the health with full nodes as down ones. */
  public List<HealthReason> withoutRoom() {
    if (unwritable.isEmpty()) {
      return List.of();
    }
    String sentence =
        "%d of %d partitions have too few nodes with room (%s): new data there is refused as"
                .formatted(
                    unwritable.cardinality(),
                    partitions,
                    PartitionRanges.of(unwritable, MOST_RANGES))
            + " StorageFull. Add disks or nodes, or delete.";
    return List.of(
        new HealthReason(
            HealthQuestion.QUORUM, HealthCause.NO_ROOM, unwritable.cardinality(), sentence));
  }

  /** Why a node that asks for this share of quorums isn't ready. */
  public HealthReason unready(Layout layout, int percent) {
    String sentence =
        "%d of %d partitions have no quorum, and --ready-quorums wants %d %% with one; down: %s"
            .formatted(lost(), partitions, percent, who(layout, down));
    return new HealthReason(HealthQuestion.READY, HealthCause.QUORUMS_LOST, lost(), sentence);
  }

  private static String who(Layout layout, List<NodeId> down) {
    String nodes =
        down.stream()
            .limit(MOST_NODES)
            .map(id -> shown(layout.node(id), id))
            .collect(Collectors.joining(", "));
    return nodes
        + (down.size() > MOST_NODES ? ", ..." : "")
        + ". Start them, or replace those that are gone.";
  }

  private static String shown(@Nullable Node node, NodeId id) {
    return node == null ? id.toString() : node.label() + " at " + node.address();
  }
}
