package rondo.ring.repair;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/** Questions to one node. Thread-safe. */
record Asking(Network network, Tasks tasks, Time time) {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** The reply; null when none came in time. */
  @Nullable Reply ask(NodeId to, Request request) {
    return askAll(to, List.of(request)).getFirst();
  }

  /** All at once: the replies, in the order of the requests; null where none came in time. */
  List<@Nullable Reply> askAll(NodeId to, List<? extends Request> requests) {
    long deadline = time.nanos() + PATIENCE_NANOS;
    var waiting = new ArrayList<Mailbox<Answer>>();
    for (Request request : requests) {
      Mailbox<Answer> answers = tasks.mailbox();
      network.send(to, request, deadline, answers);
      waiting.add(answers);
    }
    var replies = new ArrayList<@Nullable Reply>();
    for (Mailbox<Answer> answers : waiting) {
      Answer answer = answers.take(deadline);
      replies.add(answer == null ? null : answer.reply());
    }
    return replies;
  }

  /** Sums of so many; null when there are no such. */
  Reply.@Nullable Sums sums(NodeId of, Request.Repair request, int count) {
    return ask(of, request) instanceof Reply.Sums sums && sums.count() == count ? sums : null;
  }

  /** Whether the node has taken the rows, durably. */
  boolean push(NodeId to, long epoch, List<Row> rows) {
    return rows.isEmpty() || ask(to, new Request.PushRows(epoch, rows)) instanceof Reply.Done;
  }

  void pause(long nanos) {
    tasks.mailbox().take(time.nanos() + nanos);
  }
}
