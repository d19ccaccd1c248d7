package rondo.ring.gossip;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    Layout installed = keeper.installed();
    String why = misplaced(installed);
    if (why.isEmpty() && installed != null && !own.vouchers().confirm(installed)) {
      why = "this node waits until a majority has confirmed its state";
    }
    if (why.isEmpty() && installed != null && !from.equals(own.self())) {
      why = unanswered(installed, from);
    }
    return why.isEmpty() ? inside(installed, from, epoch, answer) : refused(why);
  }

  @Override
  public Reply alone(NodeId from, long epoch, Supplier<Reply> answer) {
    Layout installed = keeper.installed();
    String why = misplaced(installed);
    if (why.isEmpty() && (installed == null || Dismissal.isOut(installed, from))) {
      why = "node %s is no member of the cluster".formatted(from);
    }
    return why.isEmpty() ? inside(installed, from, epoch, answer) : refused(why);
  }

  private static Reply refused(String why) {
    return new Reply.Refused(Reply.Reason.UNAVAILABLE, why);
  }

  /** Why this node answers nobody, in a sentence; empty when it does. */
  private String misplaced(@Nullable Layout installed) {
    if (own.isStranger()) {
      return "this node's disk is older than what the cluster knows of it";
    }
    if (installed != null && isOut(installed)) {
      return "this node has lost its place: another life of its name has it";
    }
    return own.isLost(installed) ? own.dismissal(installed) : "";
  }

  private Reply inside(
      @Nullable Layout installed, NodeId from, long epoch, Supplier<Reply> answer) {
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
