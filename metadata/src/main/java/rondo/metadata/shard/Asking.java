package rondo.metadata.shard;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.NodeId;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Tally;

/** Questions to nodes; each may be handled twice. Thread-safe; blocks. */
record Asking(Network network, Tasks tasks, Time time) {
  /** Above the usual worst case of a disk's sync. */
  private static final long RESEND_NANOS = 500_000_000L;

  private static final int TRIES = 4;

  /** The reply; null when none came in time. */
  @Nullable Reply ask(NodeId to, Request request) {
    Mailbox<Answer> answers = tasks.mailbox();
    long deadline = time.nanos() + TRIES * RESEND_NANOS;
    for (int i = 0; i < TRIES; i++) {
      network.send(to, request, deadline, answers);
      Answer answer = answers.take(time.nanos() + RESEND_NANOS);
      if (answer != null) {
        return answer.reply();
      }
    }
    return null;
  }

  /** Whether as many nodes of each set as it needs give a good reply. */
  boolean gather(List<ReplicaSet> sets, Request request, Predicate<Reply> isGood) {
    var tally = new Tally(sets);
    Mailbox<Answer> answers = tasks.mailbox();
    long deadline = time.nanos() + TRIES * RESEND_NANOS;
    long resendAt = time.nanos();
    while (!tally.reached() && !tally.impossible() && time.nanos() < deadline) {
      if (time.nanos() >= resendAt) {
        resendAt += RESEND_NANOS;
        tally.nodes().stream()
            .filter(node -> !tally.answered(node))
            .forEach(node -> network.send(node, request, deadline, answers));
      }
      Answer answer = answers.take(Math.min(resendAt, deadline));
      if (answer != null && isGood.test(answer.reply())) {
        tally.yes(answer.from());
      } else if (answer != null) {
        tally.no(answer.from());
      }
    }
    return tally.reached();
  }

  void pause(long nanos) {
    tasks.<Object>mailbox().take(time.nanos() + nanos);
  }
}
