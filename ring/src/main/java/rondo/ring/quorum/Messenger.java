package rondo.ring.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.NodePorts;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Asks nodes from straight-line code: every question is a {@link Round}, and its caller waits on
 * its own virtual thread. Deadlines are of {@link Time#nanos}. Thread-safe.
 */
public record Messenger(Network network, Tasks tasks, Time time) {
  public static Messenger of(NodePorts ports) {
    return new Messenger(ports.network(), ports.tasks(), ports.time());
  }

  /** A round on all nodes of some sets, which asks silent nodes again, ever more rarely. */
  public Round round(long epoch, List<ReplicaSet> sets, long deadlineNanos) {
    return round(epoch, sets, deadlineNanos, Round.Resend.BACKING_OFF);
  }

  private Round round(long epoch, List<ReplicaSet> sets, long deadlineNanos, Round.Resend resend) {
    return new Round(this, epoch, sets, deadlineNanos, resend, RoundObserver.NONE);
  }

  /**
   * Asks all nodes of some sets, silent ones again every half second. True once each set has as
   * many good replies as it needs; false when a set no longer can, a node knows a newer layout, or
   * the deadline passes.
   */
  public boolean gather(
      List<ReplicaSet> sets, Request request, Predicate<Reply> good, long deadlineNanos) {
    Round round = round(request.epoch(), sets, deadlineNanos, Round.Resend.STEADILY);
    return round.gather(request, good, Round.Persistence.NONE) == Round.End.REACHED;
  }

  /** Asks one node, once: the reply, or null when none came by the deadline. */
  public @Nullable Reply ask(NodeId to, Request request, long deadlineNanos) {
    return askAll(to, List.of(request), deadlineNanos).getFirst();
  }

  /** Asks one node every half second until it replies; null when no reply came by the deadline. */
  public @Nullable Reply insist(NodeId to, Request request, long deadlineNanos) {
    Round round = round(request.epoch(), just(to), deadlineNanos, Round.Resend.STEADILY);
    round.gather(request, _ -> true, Round.Persistence.ALL);
    return round.replies().get(to);
  }

  /**
   * Sends one node several requests at once, each once. Returns the replies in the order of the
   * requests, null where none came by the deadline.
   */
  public List<@Nullable Reply> askAll(
      NodeId to, List<? extends Request> requests, long deadlineNanos) {
    var rounds = new ArrayList<Round>();
    for (Request request : requests) {
      Round round = round(request.epoch(), just(to), deadlineNanos, Round.Resend.NEVER);
      round.sendAll(request);
      rounds.add(round);
    }
    var replies = new ArrayList<@Nullable Reply>();
    for (int i = 0; i < rounds.size(); i++) {
      rounds.get(i).await(requests.get(i), _ -> true, Round.Persistence.ALL);
      replies.add(rounds.get(i).replies().get(to));
    }
    return replies;
  }

  /** Asks each of these nodes once; true if all of them give a good reply by the deadline. */
  public boolean askEach(
      List<NodeId> nodes, Request request, Predicate<Reply> good, long deadlineNanos) {
    if (nodes.isEmpty()) {
      return true;
    }
    var all = List.of(new ReplicaSet(nodes, nodes.size()));
    Round round = round(request.epoch(), all, deadlineNanos, Round.Resend.NEVER);
    return round.gather(request, good, Round.Persistence.ALL) == Round.End.REACHED;
  }

  private static List<ReplicaSet> just(NodeId node) {
    return List.of(new ReplicaSet(List.of(node), 1));
  }

  /** Blocks the caller's virtual thread for {@code nanos}. */
  public void pause(long nanos) {
    pauseUntil(nanos() + nanos);
  }

  /** Blocks the caller's virtual thread until {@code atNanos}. */
  public void pauseUntil(long atNanos) {
    tasks.<Object>mailbox().take(atNanos);
  }

  Mailbox<Answer> mailbox() {
    return tasks.mailbox();
  }

  long nanos() {
    return time.nanos();
  }
}
