package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/**
 * The nodes that vouch for this node's knowledge. Each tells what it knows of this node; had it
 * known a later state, this node would be a stranger. Once a majority of the voters, itself among
 * them, was heard since its start, the node may vote: a disk that was restored from a copy has been
 * found out by then, where one of them knew better.
 *
 * <p>And it answers other nodes only under a <em>lease</em>: while a majority of the voters have
 * answered its pings lately, none of which knew a newer layout. So a node that is cut off doesn't
 * answer one that the others have dismissed meanwhile. Thread-safe.
 */
public final class Vouchers {
  /** In a round of gossip each node pings a few others, so that all have their turn in n rounds. */
  private static final long LEASE_NANOS = 30_000_000_000L;

  private static final long LEASE_NANOS_PER_NODE = 1_000_000_000L;

  private final NodeId self;
  private final Set<NodeId> heard = new ConcurrentSkipListSet<>();
  private volatile boolean confirmed;

  /** When the oldest ping that a node hasn't answered was sent. */
  private final Map<NodeId, Long> asked = new TreeMap<>();

  /** When the newest ping that a node has answered was sent. */
  private final Map<NodeId, Long> answered = new TreeMap<>();

  private volatile boolean leased;
  private volatile long leasedUntil;

  Vouchers(NodeId self) {
    this.self = self;
  }

  /** For how long a node of this layout answers others after it was cut off. */
  public static long leaseNanos(Layout layout) {
    return LEASE_NANOS + LEASE_NANOS_PER_NODE * layout.nodes().size();
  }

  /** Notes what a node tells of itself; what knows a newer layout doesn't vouch for this node's. */
  void heard(NodeState state, @Nullable Layout installed) {
    if (installed != null && state.epoch() <= installed.epoch()) {
      heard.add(state.node());
    }
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

  /** Whether a majority had been heard when that was asked last. */
  boolean isConfirmed() {
    return confirmed;
  }

  /** Notes that a node is pinged. */
  synchronized void asks(NodeId node, long nowNanos) {
    asked.putIfAbsent(node, nowNanos);
  }

  /** Notes a node's answer to a ping. */
  synchronized void answered(NodeState state, @Nullable Layout installed) {
    Long since = asked.remove(state.node());
    if (since == null || installed == null || state.epoch() > installed.epoch()) {
      return;
    }
    answered.merge(state.node(), since, Math::max);
    ReplicaSet voters = installed.voters();
    List<Long> times =
        voters.nodes().stream()
            .filter(it -> !it.equals(self))
            .map(answered::get)
            .filter(Objects::nonNull)
            .sorted(Comparator.reverseOrder())
            .toList();
    int others = others(voters);
    if (others > 0 && times.size() >= others) {
      leasedUntil = times.get(others - 1) + leaseNanos(installed);
      leased = true;
    }
  }

  /** How many other voters must vouch. */
  private int others(ReplicaSet voters) {
    return voters.needed() - (voters.nodes().contains(self) ? 1 : 0);
  }

  /** Whether this node may answer others now. */
  boolean isLeased(Layout installed, long nowNanos) {
    return (leased && nowNanos - leasedUntil < 0) || others(installed.voters()) == 0;
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
