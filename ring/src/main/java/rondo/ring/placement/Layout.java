package rondo.ring.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what in one epoch. A change takes two epochs (ARCHITECTURE, "how copies agree" gap"): a
 * <em>joint</em> one, in which writes need quorums of {@code from} and of {@code to} and reads one
 * of {@code from} while the new owners copy, and a settled one in which {@code to} alone decides.
 * Both carry both assignments, because neither may be used before it is installed on so many owners
 * in {@code from} that the epoch before it can't reach a quorum any more: {@link #fences}.
 *
 * @param epoch 1 for a cluster's first; each is decided by the voters of the one before
 * @param cluster the cluster's id
 * @param nodes sorted by id; also those that hold nothing
 * @param wish what the operator asked for; few nodes hold fewer copies
 * @param from what held before this change; equal to {@code to} when nothing moves
 * @param to what holds after it
 */
public record Layout(
    long epoch,
    String cluster,
    Ring ring,
    List<Node> nodes,
    Replication wish,
    boolean joint,
    Assignment from,
    Assignment to) {

  public Layout {
    nodes = nodes.stream().sorted(Comparator.comparing(Node::id)).toList();
    if (epoch < 1
        || from.owners().size() != ring.partitions()
        || to.owners().size() != ring.partitions()) {
      throw new IllegalArgumentException("not a layout: epoch " + epoch);
    }
  }

  /** The layout of a cluster of one node. */
  public static Layout first(String cluster, Ring ring, Node node, Replication wish) {
    Assignment all = Balance.assign(ring, List.of(node), wish.on(1), null);
    return new Layout(1, cluster, ring, List.of(node), wish, false, all, all);
  }

  /**
   * The next epoch with these nodes: joint if anything moves, else settled.
   *
   * @throws IllegalArgumentException when no node has capacity
   * @throws IllegalStateException when this layout is joint: one change at a time
   */
  public Layout change(List<Node> members, Replication wanted) {
    if (joint) {
      throw new IllegalStateException("epoch " + epoch + " is still moving data");
    }
    List<Node> storage = members.stream().filter(Node::isStorage).toList();
    if (storage.isEmpty()) {
      throw new IllegalArgumentException("no node has capacity");
    }
    Assignment next = Balance.assign(ring, storage, wanted.on(storage.size()), to);
    return new Layout(epoch + 1, cluster, ring, members, wanted, !next.equals(to), to, next);
  }

  /** The same members with this one added, or replaced by what is new about it. */
  public List<Node> with(Node node) {
    var members = new ArrayList<>(nodes);
    members.removeIf(member -> member.id().equals(node.id()));
    members.add(node);
    return members;
  }

  /** The epoch that ends this joint one. */
  public Layout settled() {
    if (!joint) {
      throw new IllegalStateException("epoch " + epoch + " is settled");
    }
    return new Layout(epoch + 1, cluster, ring, nodes, wish, false, from, to);
  }

  /**
   * The epoch before as far as rows are concerned: where they lived, by the same quorums. Since
   * nobody proposes an epoch before the last one is in use, this one may be used by whoever may not
   * use {@code this} yet.
   */
  public Layout previous() {
    if (epoch == 1) {
      return this;
    }
    boolean wasJoint = !joint && !from.equals(to);
    return new Layout(epoch - 1, cluster, ring, nodes, wish, wasJoint, from, wasJoint ? to : from);
  }

  /** Where the rows of a partition live. */
  public Placement placement(int partition) {
    var target = to.replicas(partition, to.replication().w());
    if (!joint || !to.differsAt(partition, from)) {
      var readers = to.replicas(partition, to.replication().r());
      return new Placement(epoch, List.of(readers), List.of(target));
    }
    var readers = from.replicas(partition, from.replication().r());
    var source = from.replicas(partition, from.replication().w());
    return new Placement(epoch, List.of(readers), List.of(source, target));
  }

  /** Who decides about the next epoch, by majority. */
  public ReplicaSet voters() {
    List<Node> storage = nodes.stream().filter(Node::isStorage).toList();
    List<Node> voters = storage.isEmpty() ? nodes : storage;
    return new ReplicaSet(voters.stream().map(Node::id).toList(), voters.size() / 2 + 1);
  }

  public @Nullable Node node(NodeId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElse(null);
  }

  /**
   * Whether this epoch may be used once it is installed on these nodes: of no partition that moves
   * can the old owners without it still form a quorum.
   */
  public boolean fences(Predicate<NodeId> installed) {
    for (int p = 0; p < ring.partitions(); p++) {
      long without = from.of(p).stream().filter(installed.negate()).count();
      if (to.differsAt(p, from) && without > from.replication().spare()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The partitions that a node has to copy in this change: those that it gains, and all that change
   * when so many old owners may have missed a write that they fill a new quorum.
   */
  public BitSet copies(NodeId node) {
    var copies = new BitSet(ring.partitions());
    Replication before = from.replication();
    Replication after = to.replication();
    boolean everyOwner = before.n() - before.w() >= Math.min(after.r(), after.w());
    for (int p = 0; p < ring.partitions(); p++) {
      boolean gained = !from.of(p).contains(node);
      if (to.differsAt(p, from) && to.of(p).contains(node) && (gained || everyOwner)) {
        copies.set(p);
      }
    }
    return copies;
  }

  /** Nodes that have something to copy in this change, in their order. */
  public List<NodeId> copiers() {
    return nodes.stream().map(Node::id).filter(id -> !copies(id).isEmpty()).toList();
  }
}
