package rondo.ring.coordinate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Reply.Reason;
import rondo.ring.message.Request;
import rondo.ring.placement.NodeId;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.quorum.Tally;
import rondo.ring.register.Bytes;

/**
 * One question to some replicas and their answers. Whoever stays silent is asked again, ever more
 * rarely, until the deadline: every request may be handled twice.
 */
final class Round {
  /** How a round ended. */
  enum End {
    REACHED,
    /** A replica, or this node itself, knows a newer layout. */
    STALE,
    /** Too many answered, but not as they should. */
    IMPOSSIBLE,
    /** The deadline passed. */
    SILENT
  }

  /** Above the usual worst case of a disk's sync, so that a busy node isn't asked twice. */
  private static final long FIRST_RESEND_NANOS = 500_000_000L;

  /** For the last answers, once no quorum can be had: they tell a refusal from an unknown end. */
  private static final long CERTAINTY_NANOS = 200_000_000L;

  private final Surroundings world;
  private final Bytes partition;
  private final Placement placement;
  private final long deadlineNanos;
  private final Mailbox<Answer> answers;
  private final Map<NodeId, Reply> replies = new TreeMap<>();
  private final Map<NodeId, Integer> sends = new TreeMap<>();
  private long resendAt;
  private long resendNanos = FIRST_RESEND_NANOS;
  private long staleEpoch;
  final Tally tally;

  Round(
      Surroundings world,
      Bytes partition,
      Placement placement,
      List<ReplicaSet> sets,
      long deadlineNanos) {
    this.world = world;
    this.partition = partition;
    this.placement = placement;
    this.deadlineNanos = deadlineNanos;
    this.answers = world.tasks().mailbox();
    this.tally = new Tally(sets);
    this.resendAt = world.time().nanos() + resendNanos;
  }

  long epoch() {
    return placement.epoch();
  }

  /** What each node answered, the last good answer first of all. */
  Map<NodeId, Reply> replies() {
    return replies;
  }

  /** The epoch that a replica or this node itself knows, beyond the round's own; 0 for none. */
  long staleEpoch() {
    return staleEpoch;
  }

  void send(NodeId to, Request request) {
    sends.merge(to, 1, Integer::sum);
    world.network().send(to, request, deadlineNanos, answers);
  }

  /** Asks everyone who has not said yes already, and waits for a quorum of {@code good} answers. */
  End gather(Request request, Class<? extends Reply> good) {
    tally.nodes().stream().filter(node -> !tally.answered(node)).forEach(n -> send(n, request));
    long certainAt = Long.MAX_VALUE;
    while (true) {
      if (staleEpoch > 0) {
        return End.STALE;
      }
      if (tally.reached()) {
        return End.REACHED;
      }
      if (tally.impossible() && certainAt == Long.MAX_VALUE) {
        long patience = request instanceof Request.Prepare ? 0 : CERTAINTY_NANOS;
        certainAt = world.time().nanos() + patience;
      }
      if (world.time().nanos() >= certainAt || (tally.impossible() && tally.complete())) {
        return End.IMPOSSIBLE;
      }
      Answer answer = next(certainAt, _ -> request);
      if (answer != null) {
        note(answer, isGood(request, answer.reply(), good));
      } else if (expired()) {
        return End.SILENT;
      }
    }
  }

  /** A replica that is past a state has taken it no less than one that it is new to. */
  private static boolean isGood(Request request, Reply reply, Class<? extends Reply> good) {
    return good.isInstance(reply)
        || (request instanceof Request.Propagate && reply instanceof Reply.Moved);
  }

  /** Whether a replica was past the propagated state already. */
  boolean overtaken() {
    return replies.entrySet().stream()
        .anyMatch(e -> e.getValue() instanceof Reply.Moved && tally.saidYes(e.getKey()));
  }

  /**
   * The next answer; null at {@code wakeNanos}, at the deadline, or when the silent were asked
   * again.
   */
  @Nullable Answer next(long wakeNanos, Function<NodeId, Request> again) {
    long until = Math.min(Math.min(wakeNanos, resendAt), deadlineNanos);
    Answer answer = answers.take(until);
    if (answer == null && world.time().nanos() >= resendAt && !expired()) {
      resendNanos *= 2;
      resendAt = world.time().nanos() + resendNanos;
      staleEpoch = Math.max(staleEpoch, newerEpoch());
      tally.nodes().stream()
          .filter(node -> !tally.answered(node))
          .forEach(node -> send(node, again.apply(node)));
    }
    return answer;
  }

  boolean expired() {
    return world.time().nanos() >= deadlineNanos;
  }

  void note(Answer answer, boolean good) {
    NodeId from = answer.from();
    world.suspects().heard(from);
    if (answer.reply() instanceof Reply.Stale stale) {
      staleEpoch = Math.max(staleEpoch, stale.epoch());
      return;
    }
    if (good) {
      tally.yes(from);
      replies.put(from, answer.reply());
    } else {
      tally.no(from);
      replies.putIfAbsent(from, answer.reply());
    }
  }

  /**
   * Whether no replica has done, or may yet do, what it was asked: each was asked once, and said
   * no. Who was asked twice may have done it at first, and have refused the second time.
   */
  boolean certainlyNowhere() {
    return tally.nodes().stream()
        .allMatch(node ->
            !tally.saidYes(node) && refusal(replies.get(node)) && sends.getOrDefault(node, 0) == 1);
  }

  private static boolean refusal(@Nullable Reply reply) {
    return reply instanceof Reply.Outbid
        || reply instanceof Reply.Moved
        || reply instanceof Reply.Refused;
  }

  /** Nobody waits for those who had the time and said nothing, or that they can't. */
  void suspectSilent(End end) {
    tally.nodes().stream()
        .filter(node -> !tally.saidYes(node) && isSilent(end, replies.get(node)))
        .forEach(world.suspects()::silent);
  }

  private static boolean isSilent(End end, @Nullable Reply reply) {
    return (reply == null && end == End.SILENT)
        || (reply instanceof Reply.Refused(Reason reason, String _)
            && reason == Reason.UNAVAILABLE);
  }

  /** The most telling of the reasons that replicas gave. */
  @Nullable Reason reason() {
    Reason found = null;
    for (Reply reply : replies.values()) {
      if (reply instanceof Reply.Refused(Reason reason, String _)
          && (found == null || reason.compareTo(found) < 0)) {
        found = reason;
      }
    }
    return found;
  }

  /** Who said what, for people. */
  String detail() {
    var text = new StringBuilder("epoch ").append(placement.epoch());
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

  private long newerEpoch() {
    long known = world.placements().of(partition).epoch();
    return known > placement.epoch() ? known : 0;
  }
}
