package rondo.metadata.shard;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.NodeId;

/**
 * Requests to the nodes of a move, each with two seconds to answer. A request may be handled twice.
 * Thread-safe; blocks.
 */
record MoveRequests(Messenger messenger) {
  /** Four times the usual worst case of a disk's sync. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  MoveRequests(Network network, Tasks tasks, Time time) {
    this(new Messenger(network, tasks, time));
  }

  /** Sends a request and returns the reply; null when none came in time. */
  @Nullable Reply ask(NodeId to, Request request) {
    return messenger.insist(to, request, deadline());
  }

  /**
   * Sends a request to all nodes of all sets; true when each set has as many good replies as it
   * needs.
   */
  boolean gather(List<ReplicaSet> sets, Request request, Predicate<Reply> isGood) {
    return messenger.gather(sets, request, isGood, deadline());
  }

  void pause(long nanos) {
    messenger.pause(nanos);
  }

  private long deadline() {
    return messenger.time().nanos() + PATIENCE_NANOS;
  }
}
