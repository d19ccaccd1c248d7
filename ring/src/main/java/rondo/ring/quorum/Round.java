package rondo.ring.quorum;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Reply.Reason;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.value.NodeId;

/**
 * One question to the replicas of some sets, and their answers. Silent replicas are asked again
 * until the deadline, so a replica may handle a request twice. Used by one thread.
 *
 * <p>{@link #gather} puts the same question to all of them. A caller that asks replicas differently
 * sends by {@link #send} and takes answers by {@link #next} and {@link #note}.
 */
public final class Round {
  /** How a round ended. */
  public enum End {
    REACHED,
    /** A replica, or this node itself, knows a newer layout. */
    STALE,
    /** A set has too many noes for the yeses that it needs. */
    IMPOSSIBLE,
    /** The deadline passed, or the nodes whose answers were lacking are suspected to be down. */
    SILENT
  }

  /** How long a round goes on once a quorum is out of reach. */
  public enum Persistence {
    /** Not at all. */
    NONE,
    /** A moment, for the last answers: they tell a refusal from an unknown outcome. */
    CERTAINTY,
    /** Until every replica has answered; a newer layout is an answer like others. */
    ALL
  }

  /** When silent replicas are asked again. */
  public enum Resend {
    /** After half a second, and then ever more rarely. */
    BACKING_OFF,
    /** Every half second. */
    STEADILY,
    NEVER
  }

  /** Above the usual worst case of a disk's sync, so that a busy node isn't asked twice. */
  private static final long RESEND_NANOS = 500_000_000L;

  /** How long {@link Persistence#CERTAINTY} waits for the last answers. */
  private static final long CERTAINTY_NANOS = 200_000_000L;

  /** How often a waiting round looks whether suspected nodes keep it from its quorum. */
  private static final long LOOK_NANOS = 250_000_000L;

  /** It gives up after so many such looks in a row: nodes that are back have been asked again. */
  private static final int HOPELESS_LOOKS = 3;

  private final Messenger messenger;
  private final long epoch;
  private final Tally tally;
  private final long deadlineNanos;
  private final Resend resend;
  private final RoundObserver observer;
  private final Mailbox<Answer> answers;
  private final Map<NodeId, Reply> replies = new TreeMap<>();
  private final Map<NodeId, Integer> sends = new TreeMap<>();
  private long resendAt;
  private long resendNanos = RESEND_NANOS;
  private long staleEpoch;
  private long lookAt;
  private int hopelessLooks;

  /**
   * @param epoch of the layout that the sets come from
   */
  public Round(
      Messenger messenger,
      long epoch,
      List<ReplicaSet> sets,
      long deadlineNanos,
      Resend resend,
      RoundObserver observer) {
    this.messenger = messenger;
    this.epoch = epoch;
    this.tally = new Tally(sets);
    this.deadlineNanos = deadlineNanos;
    this.resend = resend;
    this.observer = observer;
    this.answers = messenger.mailbox();
    this.resendAt = resend == Resend.NEVER ? Long.MAX_VALUE : messenger.nanos() + resendNanos;
    this.lookAt =
        observer.equals(RoundObserver.NONE) ? Long.MAX_VALUE : messenger.nanos() + LOOK_NANOS;
  }

  public long epoch() {
    return epoch;
  }

  /** The replicas' yeses and noes. */
  public Tally tally() {
    return tally;
  }

  /** Each node's reply: its last good one, or its first if none was good. */
  public Map<NodeId, Reply> replies() {
    return replies;
  }

  /** The newest epoch that a replica or this node knows beyond the round's own; 0 for none. */
  public long staleEpoch() {
    return staleEpoch;
  }

  public void send(NodeId to, Request request) {
    sends.merge(to, 1, Integer::sum);
    messenger.network().send(to, request, deadlineNanos, answers);
  }

  /** Asks every replica that has not answered yet. */
  public void sendAll(Request request) {
    tally.nodes().stream().filter(node -> !tally.answered(node)).forEach(n -> send(n, request));
  }

  /** Asks every replica that has not answered yet, and waits for a quorum of good answers. */
  public End gather(Request request, Predicate<Reply> good, Persistence persistence) {
    sendAll(request);
    return await(request, good, persistence);
  }

  /** Waits for a quorum of good answers to a request that was sent. */
  public End await(Request request, Predicate<Reply> good, Persistence persistence) {
    long certainAt = Long.MAX_VALUE;
    while (true) {
      if (staleEpoch > 0 && persistence != Persistence.ALL) {
        return End.STALE;
      }
      if (tally.reached()) {
        return End.REACHED;
      }
      if (tally.impossible() && certainAt == Long.MAX_VALUE) {
        certainAt = certainAt(persistence);
      }
      if (messenger.nanos() >= certainAt || (tally.impossible() && tally.complete())) {
        return staleEpoch > 0 ? End.STALE : End.IMPOSSIBLE;
      }
      Answer answer = next(certainAt, _ -> request);
      if (answer != null && persistence == Persistence.ALL) {
        noteFirst(answer, isGood(request, answer.reply(), good));
      } else if (answer != null) {
        note(answer, isGood(request, answer.reply(), good));
      } else if (expired()) {
        return End.SILENT;
      }
    }
  }

  private long certainAt(Persistence persistence) {
    return switch (persistence) {
      case NONE -> messenger.nanos();
      case CERTAINTY -> messenger.nanos() + CERTAINTY_NANOS;
      case ALL -> Long.MAX_VALUE;
    };
  }

  /** A replica that is already past a propagated state counts like one that has taken it. */
  private static boolean isGood(Request request, Reply reply, Predicate<Reply> good) {
    return good.test(reply)
        || (request instanceof Request.Propagate && reply instanceof Reply.Moved);
  }

  /** Whether a replica was past the propagated state already. */
  public boolean overtaken() {
    return replies.entrySet().stream()
        .anyMatch(e -> e.getValue() instanceof Reply.Moved && tally.saidYes(e.getKey()));
  }

  /**
   * The next answer; null at {@code wakeNanos}, at the deadline, after silent nodes were asked
   * again, or after a look at those that are suspected.
   *
   * @param again makes the request that a silent node is sent again
   */
  public @Nullable Answer next(long wakeNanos, Function<NodeId, Request> again) {
    long until = Math.min(Math.min(wakeNanos, resendAt), Math.min(lookAt, deadlineNanos));
    Answer answer = answers.take(until);
    if (answer == null && messenger.nanos() >= lookAt) {
      lookAt = messenger.nanos() + LOOK_NANOS;
      hopelessLooks = tally.impossibleWithout(observer::suspected) ? hopelessLooks + 1 : 0;
    }
    if (answer == null && messenger.nanos() >= resendAt && !expired()) {
      resendNanos *= resend == Resend.BACKING_OFF ? 2 : 1;
      resendAt = messenger.nanos() + resendNanos;
      long newest = observer.newestEpoch();
      staleEpoch = newest > epoch ? Math.max(staleEpoch, newest) : staleEpoch;
      tally.nodes().stream()
          .filter(node -> !tally.answered(node))
          .forEach(node -> send(node, again.apply(node)));
    }
    return answer;
  }

  /** Whether the deadline has passed, or only suspected nodes could still complete the quorum. */
  public boolean expired() {
    return messenger.nanos() >= deadlineNanos || hopelessLooks >= HOPELESS_LOOKS;
  }

  /**
   * Counts an answer. One that names a newer layout is neither a yes nor a no, and ends the round.
   */
  public void note(Answer answer, boolean good) {
    observer.heard(answer.from());
    if (answer.reply() instanceof Reply.Stale stale) {
      staleEpoch = Math.max(staleEpoch, stale.epoch());
      return;
    }
    count(answer, good);
  }

  /** Counts a replica's first answer and ignores its later ones. */
  private void noteFirst(Answer answer, boolean good) {
    if (tally.answered(answer.from())) {
      return;
    }
    observer.heard(answer.from());
    if (answer.reply() instanceof Reply.Stale stale) {
      staleEpoch = Math.max(staleEpoch, stale.epoch());
    }
    count(answer, good);
  }

  private void count(Answer answer, boolean good) {
    if (good) {
      tally.yes(answer.from());
      replies.put(answer.from(), answer.reply());
    } else {
      tally.no(answer.from());
      replies.putIfAbsent(answer.from(), answer.reply());
    }
  }

  /**
   * Whether the request certainly takes effect on no replica: each was asked once and refused. A
   * replica that was asked twice may have done it the first time and refused the second.
   */
  public boolean certainlyNowhere() {
    return tally.nodes().stream()
        .allMatch(node ->
            !tally.saidYes(node) && refusal(replies.get(node)) && sends.getOrDefault(node, 0) == 1);
  }

  private static boolean refusal(@Nullable Reply reply) {
    return reply instanceof Reply.Outbid
        || reply instanceof Reply.Moved
        || reply instanceof Reply.Refused;
  }

  /** The most telling reason of a refusal, in the order of {@link Reason}; null without one. */
  public @Nullable Reason reason() {
    Reason found = null;
    for (Reply reply : replies.values()) {
      if (reply instanceof Reply.Refused(Reason reason, String _)
          && (found == null || reason.compareTo(found) < 0)) {
        found = reason;
      }
    }
    return found;
  }

  /** What kept the round from its quorum, as a sentence for clients that names no node. */
  public String shortage() {
    String shortage = tally.shortage();
    return shortage.isEmpty()
        ? "The nodes that hold this did not answer in time."
        : "Too few of the nodes that hold this answer: " + shortage + ".";
  }

  /** Each replica's answer as text for people. */
  public String detail() {
    var text = new StringBuilder("epoch ").append(epoch);
    for (NodeId node : tally.nodes()) {
      text.append(", ").append(node).append(' ');
      text.append(
          switch (replies.get(node)) {
            case null -> "silent";
            case Reply.Refused(Reason reason, String why) -> reason + " " + why;
            case Reply reply -> reply.getClass().getSimpleName();
          });
    }
    return text.toString();
  }
}
