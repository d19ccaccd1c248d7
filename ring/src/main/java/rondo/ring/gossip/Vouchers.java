package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/**
 * The nodes that this node has heard since its start. Each tells what it knows of this node; had it
 * known a later state, this node would be a stranger. Once a majority of the voters, itself among
 * them, was heard, the node may vote: a disk that was restored from a copy has been found out by
 * then, where one of them knew better. Thread-safe.
 */
final class Vouchers {
  private final NodeId self;
  private final Set<NodeId> heard = new ConcurrentSkipListSet<>();
  private volatile boolean confirmed;

  Vouchers(NodeId self) {
    this.self = self;
  }

  void heard(NodeId node) {
    heard.add(node);
  }

  /** Whether a majority has been heard, now or before. */
  boolean confirm(@Nullable Layout layout) {
    if (!confirmed && layout != null) {
      ReplicaSet voters = layout.voters();
      long vouching =
          voters.nodes().stream().filter(it -> it.equals(self) || heard.contains(it)).count();
      confirmed = vouching >= voters.needed();
    }
    return confirmed;
  }

  /** A pong with what this node knows of the one that it goes to. */
  static Reply.Pong answer(Reply.Pong pong, @Nullable NodeState known) {
    if (known == null || pong.states().contains(known)) {
      return pong;
    }
    List<NodeState> all = pong.states();
    var states = new ArrayList<>(all.subList(0, Math.min(all.size(), NodeState.MOST - 1)));
    states.add(known);
    return new Reply.Pong(states);
  }
}
