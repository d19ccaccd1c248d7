package rondo.ring.coordinate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Round;
import rondo.ring.quorum.Tally;
import rondo.ring.value.NodeId;

/**
 * Puts a question to the quorum of replicas that is likeliest to answer, and to the rest only when
 * the first ones keep it waiting (Dean and Barroso, "The Tail at Scale", CACM 2013). In quiet times
 * a question costs no more messages than it needs answers.
 */
final class HedgedRound {
  private final CoordinatorContext context;
  private final Round round;
  private final Function<NodeId, Request> question;
  private final List<NodeId> first;
  private List<NodeId> rest;
  private long restAt;

  /**
   * @param order all replicas, the likeliest first
   * @param patienceNanos the delay after which the rest is asked
   */
  HedgedRound(
      CoordinatorContext context,
      Round round,
      List<ReplicaSet> sets,
      List<NodeId> order,
      Function<NodeId, Request> question,
      long patienceNanos) {
    this.context = context;
    this.round = round;
    this.question = question;
    this.first = quorum(sets, order);
    this.rest = order.stream().filter(node -> !first.contains(node)).toList();
    this.restAt = rest.isEmpty() ? Long.MAX_VALUE : context.time().nanos() + patienceNanos;
    first.forEach(node -> round.send(node, question.apply(node)));
  }

  /** The likeliest quorum; all replicas if that quorum includes a suspected one. */
  private List<NodeId> quorum(List<ReplicaSet> sets, List<NodeId> order) {
    var chosen = new Tally(sets);
    var nodes = new ArrayList<NodeId>();
    for (NodeId node : order) {
      if (!chosen.reached()) {
        nodes.add(node);
        chosen.yes(node);
      }
    }
    return nodes.stream().anyMatch(context.suspects()::suspected) ? order : nodes;
  }

  /** The replicas that were not asked yet, the likeliest first. */
  List<NodeId> rest() {
    return rest;
  }

  /** When {@link #isDue} becomes true at the latest. */
  long wakeNanos() {
    return restAt;
  }

  /** Whether to ask the rest: the delay is over, or all of the first have answered in vain. */
  boolean isDue() {
    return !rest.isEmpty()
        && (context.time().nanos() >= restAt || first.stream().allMatch(round.tally()::answered));
  }

  void askRest() {
    first.stream()
        .filter(node -> !round.tally().answered(node))
        .forEach(context.suspects()::silent);
    rest.forEach(node -> round.send(node, question.apply(node)));
    rest = List.of();
    restAt = Long.MAX_VALUE;
  }
}
