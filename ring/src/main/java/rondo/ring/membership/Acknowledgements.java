package rondo.ring.membership;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.gossip.Vouchers;
import rondo.ring.layout.Dismissal;
import rondo.ring.layout.Layout;
import rondo.ring.message.NodeState;
import rondo.ring.placement.Node;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Which members may still go by an older layout, and so let in a node that the newest one has
 * dismissed. A member that has installed the newest layout doesn't. Nor does a silent one after its
 * lease: it answers others only while a majority of its voters have answered it lately, none of
 * which knew a newer layout ({@link Vouchers}). Once a majority knows the newest layout, the lease
 * of a silent node isn't renewed. Thread-safe.
 */
final class Acknowledgements {
  private final NodeId self;
  private final LayoutKeeper keeper;
  private final Time time;
  private long epoch;
  private boolean known;
  private long knownSince;

  Acknowledgements(NodeId self, LayoutKeeper keeper, Time time) {
    this.self = self;
    this.keeper = keeper;
    this.time = time;
  }

  /** The members that may still go by an older layout; empty once there is none. */
  synchronized List<NodeId> silent() {
    Layout layout = keeper.installed();
    if (layout == null) {
      return List.of();
    }
    Predicate<NodeId> has = node -> hasInstalled(node, layout.epoch());
    boolean now = isMajority(layout.voters(), has) && isMajority(layout.previous().voters(), has);
    if (layout.epoch() != epoch || !known || !now) {
      epoch = layout.epoch();
      known = now;
      knownSince = time.nanos();
    }
    boolean over = known && time.nanos() - knownSince > Vouchers.leaseNanos(layout);
    return over
        ? List.of()
        : layout.nodes().stream()
            .map(Node::id)
            .filter(node -> !Dismissal.isOut(layout, node) && !has.test(node))
            .toList();
  }

  private static boolean isMajority(ReplicaSet voters, Predicate<NodeId> has) {
    return voters.nodes().stream().filter(has).count() >= voters.needed();
  }

  private boolean hasInstalled(NodeId node, long wanted) {
    @Nullable NodeState said = node.equals(self) ? keeper.pong().own() : keeper.peers().of(node);
    return said != null && said.epoch() >= wanted;
  }
}
