package rondo.ring.coordinate;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Proposer;
import rondo.ring.quorum.Round;
import rondo.ring.register.Accepted;
import rondo.ring.register.Ballot;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * One conditional write: Paxos among those that start from the same base stamp. The winner becomes
 * the base's successor (after Gryff, NSDI 2020, section 4.4).
 */
final class Updating {
  /**
   * What this operation has sent, and may be chosen although nobody has said so.
   *
   * @param own whether nobody else sends that value
   */
  private record Proposal(Versioned before, Ballot origin, @Nullable Bytes value, boolean own) {
    Stamp base() {
      return before.stamp();
    }
  }

  private final Surroundings context;
  private final Function<Versioned, Judgement> judge;
  private final long deadlineNanos;
  private final Course attempts;
  private @Nullable Proposal sent;

  Updating(
      Surroundings context, Key key, Function<Versioned, Judgement> judge, long deadlineNanos) {
    this.context = context;
    this.judge = judge;
    this.deadlineNanos = deadlineNanos;
    this.attempts = new Course(context, key, deadlineNanos);
  }

  Outcome<Update> run() {
    while (true) {
      Outcome<Update> outcome = attempt();
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** The outcome, or null to try again. */
  private @Nullable Outcome<Update> attempt() {
    Key key = attempts.key();
    Placement placement = context.placements().of(key.partition());
    var newest = new Newest(context, placement, key, placement.allSets(), deadlineNanos);
    Round.End end = newest.ask();
    if (end != Round.End.REACHED) {
      return retry(newest.round(), end);
    }
    Versioned before = newest.state();
    // Once sent, the judgement stands: a second one might differ, and the first may be chosen.
    if (sent != null && sent.base().equals(before.stamp())) {
      return choose(placement, before, sent.value(), sent.own());
    }
    if (sent != null && !certainlyLost(sent, before)) {
      return sent.own() && isChosen(sent, before)
          ? settled(placement, newest, new Update.Written(sent.before(), before.stamp(), false))
          : new Outcome.Unknown<>("overtaken by " + before.stamp());
    }
    sent = null;
    return switch (judge.apply(before)) {
      case Judgement.Put(Bytes value) -> choose(placement, before, value, false);
      case Judgement.PutOwn(Bytes value) -> choose(placement, before, value, true);
      case Judgement.Decline() -> settled(placement, newest, new Update.Declined(before));
    };
  }

  /**
   * Whether another value than ours was chosen for the base: one is, and only the chosen one ever
   * gets the successor's stamp. A state that is newer still tells nothing about ours.
   */
  private static boolean certainlyLost(Proposal sent, Versioned now) {
    return now.stamp().equals(sent.base().successor())
        && !Objects.equals(now.value(), sent.value());
  }

  /** Whether somebody else has completed ours, if nobody else has sent the same value. */
  private static boolean isChosen(Proposal sent, Versioned now) {
    return now.stamp().equals(sent.base().successor()) && Objects.equals(now.value(), sent.value());
  }

  /** The state that an answer is based on is made as settled as one that a read returns. */
  private @Nullable Outcome<Update> settled(Placement placement, Newest newest, Update answer) {
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

  private @Nullable Outcome<Update> choose(
      Placement placement, Versioned before, @Nullable Bytes value, boolean own) {
    Stamp base = before.stamp();
    Proposer proposer = context.proposer(attempts.key(), placement, base, deadlineNanos);
    Round.End end = proposer.prepare();
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    Accepted pending = proposer.pending();
    if (pending == null || (sent != null && pending.origin().equals(sent.origin()))) {
      return proposeOwn(proposer, before, value, own);
    }
    return completeOther(proposer, base, pending);
  }

  private @Nullable Outcome<Update> proposeOwn(
      Proposer proposer, Versioned before, @Nullable Bytes value, boolean own) {
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
    Outcome<Update> outcome =
        new Writing(context, attempts, deadlineNanos)
            .write(
                new Versioned(chosen, value),
                overtaken -> new Update.Written(before, chosen, overtaken));
    // Chosen, but not where every read sees it: whoever comes next may bring it there, or not.
    return outcome instanceof Outcome.Refused<Update>(var _, String detail)
        ? new Outcome.Unknown<>(detail)
        : outcome;
  }

  /** Somebody else's value may already be chosen: bring it home, then start over on top of it. */
  private @Nullable Outcome<Update> completeOther(Proposer proposer, Stamp base, Accepted pending) {
    Round.End end = proposer.accept(pending.origin(), pending.value());
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    // One value is chosen per base, and it isn't ours.
    sent = null;
    var chosen = new Versioned(base.successor(), pending.value());
    return switch (new Writing(context, attempts, deadlineNanos).write(chosen, _ -> chosen)) {
      case Outcome.Reached<Versioned> _ -> null;
      case Outcome.Refused<Versioned>(Reply.Reason reason, String detail)
          when reason == Reply.Reason.CLOSED ->
          new Outcome.Refused<>(reason, detail);
      default -> new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, "another write stays unfinished");
    };
  }

  private @Nullable Outcome<Update> retry(Round round, Round.End end) {
    if (attempts.awaitRetry(round, end)) {
      return null;
    }
    return sent == null ? Patience.refused(round) : new Outcome.Unknown<>(round.detail());
  }
}
