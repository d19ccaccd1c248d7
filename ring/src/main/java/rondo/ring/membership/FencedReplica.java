package rondo.ring.membership;

import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Replica;
import rondo.ring.port.Time;

/**
 * What this node does with every request, its own ones included: messages about layouts are
 * answered here, all others by the replica behind it, under exactly the epoch that they name.
 */
final class FencedReplica implements Replica {
  /** A layout is fetched in a few round trips; whoever asks would rather retry elsewhere. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final Own own;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final Changes changes;
  private final Replica inner;
  private final Time time;

  FencedReplica(
      Own own, LayoutKeeper keeper, Gossip gossip, Changes changes, Replica inner, Time time) {
    this.own = own;
    this.keeper = keeper;
    this.gossip = gossip;
    this.changes = changes;
    this.inner = inner;
    this.time = time;
  }

  @Override
  public Reply handle(NodeId from, Request request) {
    if (request instanceof Request.Membership membership) {
      return changes.answer(membership);
    }
    if (own.isStranger()) {
      return new Reply.Refused(
          Reply.Reason.UNAVAILABLE, "this node's disk is older than what the cluster knows of it");
    }
    Layout installed = keeper.installed();
    if (installed == null || request.epoch() > installed.epoch()) {
      gossip.fetchFrom(from, request.epoch());
    }
    Reply refusal = keeper.gate().enter(request.epoch(), time.nanos() + PATIENCE_NANOS);
    if (refusal != null) {
      return refusal;
    }
    try {
      return inner.handle(from, request);
    } finally {
      keeper.gate().leave(request.epoch());
    }
  }
}
