package rondo.ring.coordinate;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Proposer;
import rondo.ring.quorum.Round;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * One conditional write: Paxos among the conditional writes on the same base stamp. The winner
 * becomes the base's successor (after Gryff, NSDI 2020, section 4.4).
 */
final class ConditionalWrite {
  /**
   * A proposal that this operation has sent: it may be chosen although no reply says so.
   *
   * @param own whether no other operation ever sends that value
   */
  private record Proposal(
      VersionedValue before, Ballot origin, @Nullable Bytes value, boolean own) {
    Stamp base() {
      return before.stamp();
    }
  }

  private final CoordinatorContext context;
  private final Function<VersionedValue, Decision> judge;
  private final long deadlineNanos;
  private final Attempts attempts;
  private @Nullable Proposal sent;

  ConditionalWrite(
      CoordinatorContext context,
      Key key,
      Function<VersionedValue, Decision> judge,
      long deadlineNanos) {
    this.context = context;
    this.judge = judge;
    this.deadlineNanos = deadlineNanos;
    this.attempts = new Attempts(context, key, deadlineNanos);
  }

  Outcome<ConditionalResult> run() {
    while (true) {
      Outcome<ConditionalResult> outcome = attempt();
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** The outcome, or null to try again. */
  private @Nullable Outcome<ConditionalResult> attempt() {
    Key key = attempts.key();
    Placement placement = context.placements().of(key.partition());
    var newest = new QueryPhase(context, placement, key, placement.allSets(), deadlineNanos);
    Round.End end = newest.ask();
    if (end != Round.End.REACHED) {
      return retry(newest.round(), end);
    }
    VersionedValue before = newest.state();
    // Once sent, the decision stands: a second one might differ, and the first may be chosen.
    if (sent != null && sent.base().equals(before.stamp())) {
      return choose(placement, before, sent.value(), sent.own());
    }
    if (sent != null && !certainlyLost(sent, before)) {
      return sent.own() && isChosen(sent, before)
          ? settled(
              placement,
              newest,
              new ConditionalResult.Written(sent.before(), before.stamp(), false))
          : new Outcome.Unknown<>("overtaken by " + before.stamp());
    }
    sent = null;
    return switch (judge.apply(before)) {
      case Decision.Put(Bytes value) -> choose(placement, before, value, false);
      case Decision.PutOwn(Bytes value) -> choose(placement, before, value, true);
      case Decision.Decline() -> settled(placement, newest, new ConditionalResult.Declined(before));
    };
  }

  /**
   * Whether another value than ours was chosen for the base. Exactly one is chosen, and only that
   * one ever gets the successor's stamp. A state with a larger stamp says nothing about ours.
   */
  private static boolean certainlyLost(Proposal sent, VersionedValue now) {
    return now.stamp().equals(sent.base().successor())
        && !Objects.equals(now.value(), sent.value());
  }

  /**
   * Whether another operation has completed our proposal, provided that no other one sent an equal
   * value.
   */
  private static boolean isChosen(Proposal sent, VersionedValue now) {
    return now.stamp().equals(sent.base().successor()) && Objects.equals(now.value(), sent.value());
  }

  /**
   * Brings the state that the answer is based on to a write quorum, as a linearizable read does.
   */
  private @Nullable Outcome<ConditionalResult> settled(
      Placement placement, QueryPhase newest, ConditionalResult answer) {
    if (!newest.settled()) {
      var repair =
          context.round(
              attempts.key().partition(), placement, placement.writeSets(), deadlineNanos);
      newest.markHolders(repair.tally());
      Round.End end =
          repair.gather(
              Coordinator.propagate(placement, attempts.key(), newest.state()),
              Reply.Done.class::isInstance,
              Round.Persistence.CERTAINTY);
      if (end != Round.End.REACHED) {
        return retry(repair, end);
      }
    }
    return new Outcome.Reached<>(answer);
  }

  private @Nullable Outcome<ConditionalResult> choose(
      Placement placement, VersionedValue before, @Nullable Bytes value, boolean own) {
    Stamp base = before.stamp();
    Proposer proposer = context.proposer(attempts.key(), placement, base, deadlineNanos);
    Round.End end = proposer.prepare();
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    AcceptedValue pending = proposer.pending();
    if (pending == null || (sent != null && pending.origin().equals(sent.origin()))) {
      return proposeOwn(proposer, before, value, own);
    }
    return completeOther(proposer, base, pending);
  }

  private @Nullable Outcome<ConditionalResult> proposeOwn(
      Proposer proposer, VersionedValue before, @Nullable Bytes value, boolean own) {
    boolean first = sent == null;
    Proposal mine = sent == null ? new Proposal(before, proposer.ballot(), value, own) : sent;
    sent = mine;
    Round.End end = proposer.accept(mine.origin(), value);
    if (end != Round.End.REACHED) {
      if (first && proposer.round().certainlyNowhere()) {
        sent = null;
      }
      return retry(proposer.round(), end);
    }
    Stamp chosen = before.stamp().successor();
    Outcome<ConditionalResult> outcome =
        new WriteOperation(context, attempts, deadlineNanos)
            .write(
                new VersionedValue(chosen, value),
                overtaken -> new ConditionalResult.Written(before, chosen, overtaken));
    // Chosen, but not on a write quorum: a later operation may complete it, or never.
    return outcome instanceof Outcome.Refused<ConditionalResult>(var _, String detail)
        ? new Outcome.Unknown<>(detail)
        : outcome;
  }

  /**
   * Completes another operation's value, which may be chosen already; then starts over on top of
   * it.
   */
  private @Nullable Outcome<ConditionalResult> completeOther(
      Proposer proposer, Stamp base, AcceptedValue pending) {
    Round.End end = proposer.accept(pending.origin(), pending.value());
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    // The base's one chosen value isn't ours.
    sent = null;
    var chosen = new VersionedValue(base.successor(), pending.value());
    return switch (new WriteOperation(context, attempts, deadlineNanos)
        .write(chosen, _ -> chosen)) {
      case Outcome.Reached<VersionedValue> _ -> null;
      case Outcome.Refused<VersionedValue>(Reply.Reason reason, String detail)
          when reason == Reply.Reason.CLOSED ->
          new Outcome.Refused<>(reason, detail);
      default ->
          new Outcome.Refused<>(
              Reply.Reason.UNAVAILABLE, "Another write of this key stays unfinished.");
    };
  }

  private @Nullable Outcome<ConditionalResult> retry(Round round, Round.End end) {
    if (attempts.awaitRetry(round, end)) {
      return null;
    }
    return sent == null ? RetryPolicy.refused(round) : new Outcome.Unknown<>(round.detail());
  }
}
