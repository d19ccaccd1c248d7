package rondo.ring.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.ring.balance.Balancer;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;

/**
 * The members of a cluster and the owners of its partitions, in one epoch. A change takes two
 * epochs (ARCHITECTURE, "how copies agree"): a <em>joint</em> one, in which writes need quorums of
 * {@code from} and of {@code to} and reads one of {@code from} while the new owners copy, and a
 * settled one in which {@code to} alone decides. Both carry both assignments, because neither may
 * be used before so many owners in {@code from} have installed it that the epoch before can't reach
 * a quorum any more: {@link #fences}.
 *
 * <p>Another joint epoch may follow: one that only records new descriptions of nodes, or one that
 * gives {@code to} up for another target or for {@code from} alone. That is safe because
 * <em>every</em> quorum of a joint epoch contains one of {@code from}. So all that was
 * acknowledged, and was or may yet be chosen, is known to each quorum of {@code from}, which the
 * next epoch's reads, ballots and copies ask. A state that only {@code to} knows was never
 * acknowledged. The new target begins from nothing: only copies made since then ({@link
 * PartitionMove#since}) count.
 *
 * @param epoch 1 for a cluster's first; each is decided by the {@link #voters} of the one before
 * @param cluster the cluster's id
 * @param life of the cluster, to which the epoch belongs
 * @param due whether the members have changed since {@code to} was computed
 */
public record Layout(
    long epoch,
    String cluster,
    ClusterLife life,
    Ring ring,
    Members members,
    boolean due,
    PartitionMove move) {

  public Layout {
    if (epoch < 1
        || !fits(ring, move.from())
        || !fits(ring, move.to())
        || move.from().classes().size() != members.wishes().size()
        || move.to().classes().size() != members.wishes().size()) {
      throw new IllegalArgumentException("not a layout: epoch " + epoch);
    }
  }

  private static boolean fits(Ring ring, Assignment all) {
    return all.owners().size() == all.classes().size() * ring.partitions();
  }

  /** The layout of a cluster of one node. */
  public static Layout first(String cluster, Ring ring, Node node, Replication wish) {
    return first(cluster, ring, List.of(node), wish);
  }

  /**
   * The layout of a cluster that nodes found together.
   *
   * @param founders at least one that holds data, each of another name
   * @throws IllegalArgumentException with a message in one line, when two have one name
   */
  public static Layout first(String cluster, Ring ring, List<Node> founders, Replication wish) {
    Members members = Members.of(founders, wish);
    List<Node> storage = members.storage();
    Assignment all = Balancer.assign(ring, storage, wish.on(storage.size()), null);
    return new Layout(
        1, cluster, ClusterLife.FIRST, ring, members, false, PartitionMove.rest(1, all));
  }

  /** The first layout of a cluster whose members know this release from the beginning. */
  public Layout agreeing(int release) {
    return new Layout(epoch, cluster, life, ring, members.agreeing(release), due, move);
  }

  /** All members, sorted by id; also those that hold nothing. */
  public List<Node> nodes() {
    return members.nodes();
  }

  /** The number of partitions of all classes. */
  public int partitions() {
    return to().owners().size();
  }

  /** Whether data is moving. */
  public boolean joint() {
    return move.joint();
  }

  /** The assignment before this change; equal to {@link #to} when nothing moves. */
  public Assignment from() {
    return move.from();
  }

  /** The assignment after this change. */
  public Assignment to() {
    return move.to();
  }

  /** The epoch in which the present move began. */
  public long since() {
    return move.since();
  }

  /** The next epoch, with these members; null when nothing changes. */
  public @Nullable Layout next(Members wanted) {
    boolean more = due || !Redundancy.placeAlike(wanted, members);
    boolean begins = more && !joint() && !wanted.held();
    return begins || !wanted.equals(members) ? withClassesOf(wanted).following(wanted, more) : null;
  }

  /**
   * This layout with all classes of copies that the members name, as if they had always been there.
   * No key of a new class can have been written, so its partitions may begin on any nodes, without
   * copies or a fence. They begin on owners of other partitions, to leave the voters as they are.
   */
  Layout withClassesOf(Members wanted) {
    int known = to().classes().size();
    if (wanted.wishes().size() == known) {
      return this;
    }
    List<Node> nodes = wanted.among(voters().nodes());
    Assignment more =
        wanted.wishes().stream()
            .skip(known)
            .map(wish -> Balancer.assign(ring, nodes, wish.on(nodes.size()), null))
            .reduce(Assignment::and)
            .orElseThrow();
    var all = new ArrayList<>(members.wishes());
    all.addAll(wanted.wishes().subList(known, wanted.wishes().size()));
    return new Layout(epoch, cluster, life, ring, members.wishing(all), due, move.and(more));
  }

  private Layout following(Members wanted, boolean more) {
    Assignment seats = to().replacing(MemberLives.successors(members, wanted));
    if (!seats.equals(to())) {
      return reseated(wanted, seats);
    }
    if (joint()) {
      return turned(wanted, more);
    }
    if (more && !wanted.held()) {
      return with(wanted, false, PartitionMove.begin(epoch + 1, to(), target(wanted, to())));
    }
    return with(wanted, more, PartitionMove.rest(epoch + 1, to()));
  }

  /**
   * A new life of a name takes the seats of the one before it, and nothing else moves; balance is a
   * later move.
   */
  private Layout reseated(Members wanted, Assignment seats) {
    boolean lost = seats.holders().stream().anyMatch(wanted::isLost);
    Assignment target = lost ? target(wanted, seats) : seats;
    return with(
        wanted,
        true,
        joint() ? move.turned(epoch + 1, target) : PartitionMove.begin(epoch + 1, to(), target));
  }

  /** A move goes on through changes of members, unless it leads to a lost node or is held. */
  private Layout turned(Members wanted, boolean more) {
    if (wanted.held() && !members.held()) {
      return with(wanted, true, move.turned(epoch + 1, from()));
    }
    if (leadsToLost(wanted)) {
      return with(wanted, false, move.turned(epoch + 1, target(wanted, from())));
    }
    return with(wanted, more, move.goingOn());
  }

  private boolean leadsToLost(Members wanted) {
    return to().holders().stream().anyMatch(wanted::isLost);
  }

  /** The assignment that the next move starts from under these members. */
  Assignment baseFor(Members wanted) {
    return joint() && (wanted.held() || leadsToLost(wanted)) ? from() : to();
  }

  private Layout with(Members wanted, boolean more, PartitionMove next) {
    return new Layout(epoch + 1, cluster, life, ring, wanted, more, next);
  }

  private Assignment target(Members wanted, Assignment before) {
    return Balancer.assign(ring, wanted.storage(), wanted.replications(before), before);
  }

  /** The epoch that ends this joint one. */
  public Layout settled() {
    if (!joint()) {
      throw new IllegalStateException("epoch " + epoch + " is settled");
    }
    return with(members, due, move.ended(epoch + 1));
  }

  /**
   * The members without removed nodes that hold nothing. A removed node stays while data moves, as
   * others still ask it; the caller also waits until all nodes know that the data has moved.
   */
  public Members tidied() {
    List<NodeId> holders = to().holders();
    return members.without(it -> members.leaves(it.id()) && !holders.contains(it.id()) && !joint());
  }

  /**
   * The epoch before this one, with its owners and quorums of rows. A node that may not use {@code
   * this} yet may use that one: an epoch is only proposed once the one before is in use.
   */
  public Layout previous() {
    return epoch == 1
        ? this
        : new Layout(epoch - 1, cluster, life, ring, members, due, move.previous(epoch - 1));
  }

  /** A partition's replicas; {@link Placement#nowhere} if only a newer layout has its class. */
  public Placement placement(int partition) {
    if (partition >= partitions()) {
      return Placement.nowhere(epoch);
    }
    Replication after = to().replication(partition);
    var target = to().replicas(partition, after.w());
    if (!joint() || !to().differsAt(partition, from())) {
      var readers = to().replicas(partition, after.r());
      return new Placement(epoch, List.of(readers), List.of(target));
    }
    Replication before = from().replication(partition);
    var readers = from().replicas(partition, before.r());
    var source = from().replicas(partition, before.w());
    return new Placement(epoch, List.of(readers), List.of(source, target));
  }

  /** The owners of the partition before this change. */
  public List<NodeId> before(int partition) {
    return partition < partitions() ? from().of(partition) : List.of();
  }

  /**
   * The nodes that are not owners of the partition, in the order in which they own the partitions
   * behind it in its class.
   */
  public List<NodeId> beyond(int partition) {
    if (partition >= partitions()) {
      return List.of();
    }
    List<NodeId> owners = to().of(partition);
    int first = partition - partition % ring.partitions();
    return IntStream.range(1, ring.partitions())
        .mapToObj(i -> to().of(first + (partition + i) % ring.partitions()))
        .flatMap(List::stream)
        .distinct()
        .filter(node -> !owners.contains(node))
        .toList();
  }

  /**
   * The nodes that choose the next epoch, by majority: the owners of partitions, in a joint epoch
   * those before the move. So a node that joins can't stop others from giving it up.
   */
  public ReplicaSet voters() {
    List<NodeId> voters = (joint() ? from() : to()).holders();
    return new ReplicaSet(voters, voters.size() / 2 + 1);
  }

  public @Nullable Node node(NodeId id) {
    return members.node(id);
  }

  /**
   * Whether this epoch may be used once it is installed on these nodes: for no partition that moves
   * can the old owners that lack it still form a quorum.
   */
  public boolean fences(Predicate<NodeId> installed) {
    return move.fences(installed);
  }

  /**
   * The partitions that a node has to copy in this change: those that it gains, and all that change
   * if so many old owners may have missed a write that they could fill a new quorum of nodes.
   */
  public BitSet copies(NodeId node) {
    return move.copies(node);
  }

  /** Nodes that have something to copy in this change, in their order. */
  public List<NodeId> copiers() {
    return nodes().stream().map(Node::id).filter(id -> !copies(id).isEmpty()).toList();
  }
}
