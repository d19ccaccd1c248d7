package rondo.ring.gossip;

import java.util.function.Supplier;
import rondo.ring.layout.Dismissal;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.node.EpochFence;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Holds requests on rows to the layout that is installed here, and fetches a newer layout that a
 * request names. A node that is a stranger to its cluster answers none. Thread-safe.
 */
public final class RequestFence implements EpochFence {
  /** A layout is fetched in a few round trips; a coordinator would rather retry elsewhere. */
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final LocalNode own;
  private final LayoutKeeper keeper;
  private final Gossip gossip;
  private final Time time;

  public RequestFence(LocalNode own, LayoutKeeper keeper, Gossip gossip, Time time) {
    this.own = own;
    this.keeper = keeper;
    this.gossip = gossip;
    this.time = time;
  }

  /** A lost node that is no member any more was followed by another life, or given up. */
  private boolean isOut(Layout installed) {
    return installed.node(own.self()) == null && installed.members().isLost(own.self());
  }

  /** Why another node is not answered, in a sentence; empty when it is. */
  private String unanswered(Layout installed, NodeId from) {
    if (Dismissal.isOut(installed, from)) {
      return "node %s is no member of the cluster any more".formatted(from);
    }
    return own.vouchers().isLeased(installed, time.nanos())
        ? ""
        : "this node has heard no majority lately, and can't know who is a member now";
  }

  @Override
  public Reply under(NodeId from, long epoch, Supplier<Reply> answer) {
    if (own.isStranger()) {
      return new Reply.Refused(
          Reply.Reason.UNAVAILABLE, "this node's disk is older than what the cluster knows of it");
    }
    Layout installed = keeper.installed();
    if (installed != null && isOut(installed)) {
      return new Reply.Refused(
          Reply.Reason.UNAVAILABLE,
          "this node has lost its place: another life of its name has it");
    }
    if (installed != null && !own.vouchers().confirm(installed)) {
      return new Reply.Refused(
          Reply.Reason.UNAVAILABLE, "this node waits until a majority has confirmed its state");
    }
    String why = installed == null || from.equals(own.self()) ? "" : unanswered(installed, from);
    if (!why.isEmpty()) {
      return new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
    }
    if (installed == null || epoch > installed.epoch()) {
      gossip.fetchFrom(from, epoch);
    }
    Reply refusal = keeper.gate().enter(epoch, time.nanos() + PATIENCE_NANOS);
    if (refusal != null) {
      return refusal;
    }
    try {
      return answer.get();
    } finally {
      keeper.gate().leave(epoch);
    }
  }
}
