package rondo.ring.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
import rondo.ring.register.Accepted;
import rondo.ring.register.Ballot;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.HybridClock;
import rondo.ring.version.Stamp;

/**
 * Chooses a base's successor among given replicas: the part of a conditional write behind its
 * question, for those who know the base and the replicas without asking (layouts, and copies of
 * unfinished writes). Thread-safe.
 */
final class Choice {
  /** Above the usual worst case of a disk's sync, so that a busy node isn't asked twice. */
  private static final long FIRST_RESEND_NANOS = 500_000_000L;

  private final NodeId self;
  private final HybridClock clock;
  private final Network network;
  private final Tasks tasks;
  private final Time time;

  Choice(NodeId self, HybridClock clock, Network network, Tasks tasks, Time time) {
    this.self = self;
    this.clock = clock;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /** How a try ended. */
  sealed interface End {
    /** This is the base's successor, and a quorum has it. */
    record Chosen(@Nullable Bytes value) implements End {}

    /** Nothing was accepted before, and nothing was proposed. */
    record Open() implements End {}

    /** Some replica is past the base, or in a newer epoch. */
    record Past() implements End {}

    /** No quorum, or outbid: try again later. */
    record Failed() implements End {}
  }

  /**
   * One try at choosing the successor of {@code base}: what was accepted before, else {@code
   * proposal}; null proposes nothing and only finishes what others began.
   */
  End choose(
      long epoch,
      List<ReplicaSet> sets,
      Key key,
      Stamp base,
      @Nullable Bytes proposal,
      long deadlineNanos) {
    var ballot = new Ballot(clock.tick(0), self.value());
    var prepare = new Request.Prepare(epoch, key, base, ballot);
    var promises = ask(sets, prepare, reply -> reply instanceof Reply.Promised, deadlineNanos);
    if (!promises.reached) {
      return end(promises);
    }
    Optional<Accepted> before =
        promises.replies.stream()
            .map(reply -> reply instanceof Reply.Promised(Accepted accepted) ? accepted : null)
            .filter(accepted -> accepted != null)
            .max(Comparator.comparing(Accepted::ballot));
    if (before.isEmpty() && proposal == null) {
      return new End.Open();
    }
    Ballot origin = before.map(Accepted::origin).orElse(ballot);
    Bytes value = before.isPresent() ? before.get().value() : proposal;
    var accept = new Request.Accept(epoch, key, base, ballot, origin, value);
    var accepted = ask(sets, accept, Choice::isDone, deadlineNanos);
    if (!accepted.reached) {
      return end(accepted);
    }
    var state = new Versioned(base.successor(), value);
    boolean spread =
        ask(sets, new Request.Propagate(epoch, key, state), Choice::isDone, deadlineNanos).reached;
    return spread ? new End.Chosen(value) : new End.Failed();
  }

  private End end(Asked asked) {
    boolean past = false;
    for (Reply reply : asked.replies) {
      past |= reply instanceof Reply.Moved || reply instanceof Reply.Stale;
      if (reply instanceof Reply.Outbid(Ballot promised)) {
        clock.tick(promised.round());
      }
    }
    return past ? new End.Past() : new End.Failed();
  }

  static boolean isDone(Reply reply) {
    return reply instanceof Reply.Done;
  }

  /** What a round brought: whether each set had a quorum of good replies, and all replies. */
  record Asked(boolean reached, List<Reply> replies) {}

  /**
   * Asks all nodes of the sets and waits for a quorum of good replies in each, or until all have
   * answered. Who stays silent is asked again, ever more rarely.
   */
  Asked ask(List<ReplicaSet> sets, Request request, Predicate<Reply> isGood, long deadlineNanos) {
    var tally = new Tally(sets);
    Mailbox<Answer> answers = tasks.mailbox();
    var replies = new ArrayList<Reply>();
    long pause = FIRST_RESEND_NANOS;
    long resendAt = time.nanos();
    while (!tally.reached() && !tally.complete() && time.nanos() < deadlineNanos) {
      if (time.nanos() >= resendAt) {
        tally.nodes().stream()
            .filter(node -> !tally.answered(node))
            .forEach(node -> network.send(node, request, deadlineNanos, answers));
        resendAt = time.nanos() + pause;
        pause *= 2;
      }
      Answer answer = answers.take(Math.min(resendAt, deadlineNanos));
      if (answer == null || tally.answered(answer.from())) {
        continue;
      }
      replies.add(answer.reply());
      if (isGood.test(answer.reply())) {
        tally.yes(answer.from());
      } else {
        tally.no(answer.from());
      }
    }
    return new Asked(tally.reached(), replies);
  }
}
