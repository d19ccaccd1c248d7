package rondo.ring.coordinate;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
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
  /** What this operation has sent, and may be chosen although nobody has said so. */
  private record Proposal(Stamp base, Ballot origin, @Nullable Bytes value) {}

  private final Surroundings world;
  private final Key key;
  private final Function<Versioned, Judgement> judge;
  private final long deadlineNanos;
  private final Patience patience;
  private @Nullable Proposal sent;

  Updating(Surroundings world, Key key, Function<Versioned, Judgement> judge, long deadlineNanos) {
    this.world = world;
    this.key = key;
    this.judge = judge;
    this.deadlineNanos = deadlineNanos;
    this.patience = new Patience(world, key.partition(), deadlineNanos);
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
    Placement placement = world.placements().of(key.partition());
    var newest = new Newest(world, placement, key, placement.allSets(), deadlineNanos);
    Round.End end = newest.ask();
    if (end != Round.End.REACHED) {
      return retry(newest.round(), end);
    }
    Versioned before = newest.state();
    if (sent != null && !sent.base().equals(before.stamp())) {
      // An earlier try may have won and been overwritten, or been completed by somebody else.
      return new Outcome.Unknown<>("overtaken by " + before.stamp());
    }
    // Once sent, the judgement stands: a second one might differ, and the first may be chosen.
    if (sent != null) {
      return choose(placement, before, sent.value());
    }
    return switch (judge.apply(before)) {
      case Judgement.Put(Bytes value) -> choose(placement, before, value);
      case Judgement.Decline() -> decline(placement, newest);
    };
  }

  /** The state that a refusal is based on is as settled as one that a read returns. */
  private @Nullable Outcome<Update> decline(Placement placement, Newest newest) {
    if (!newest.settled()) {
      Round repair = round(placement);
      newest.markHolders(repair.tally);
      Round.End end =
          repair.gather(Coordinator.propagate(placement, key, newest.state()), Reply.Done.class);
      if (end != Round.End.REACHED) {
        return retry(repair, end);
      }
    }
    return new Outcome.Reached<>(new Update.Declined(newest.state()));
  }

  private @Nullable Outcome<Update> choose(
      Placement placement, Versioned before, @Nullable Bytes value) {
    Stamp base = before.stamp();
    var ballot = new Ballot(world.clock().tick(0), world.self().value());
    Round prepare = round(placement);
    Round.End end =
        prepare.gather(
            new Request.Prepare(placement.epoch(), key, base, ballot), Reply.Promised.class);
    learn(prepare);
    if (end != Round.End.REACHED) {
      return retry(prepare, end);
    }
    Accepted pending = pending(prepare);
    if (pending == null || (sent != null && pending.origin().equals(sent.origin()))) {
      return proposeOwn(placement, before, ballot, value);
    }
    return completeOther(placement, base, ballot, pending);
  }

  private @Nullable Outcome<Update> proposeOwn(
      Placement placement, Versioned before, Ballot ballot, @Nullable Bytes value) {
    boolean first = sent == null;
    Stamp base = before.stamp();
    Proposal mine = sent == null ? new Proposal(base, ballot, value) : sent;
    sent = mine;
    Round accept = round(placement);
    Round.End end = accept(accept, placement, base, new Accepted(ballot, mine.origin(), value));
    if (end != Round.End.REACHED) {
      if (first && accept.certainlyNowhere()) {
        sent = null;
      }
      return retry(accept, end);
    }
    Stamp chosen = base.successor();
    var written = new Update.Written(before, chosen);
    Outcome<Update> outcome =
        new Writing(world, key, deadlineNanos).write(new Versioned(chosen, value), written);
    // Chosen, but not where every read sees it: whoever comes next may bring it there, or not.
    return outcome instanceof Outcome.Refused<Update>(var _, String detail)
        ? new Outcome.Unknown<>(detail)
        : outcome;
  }

  /** Somebody else's value may already be chosen: bring it home, then start over on top of it. */
  private @Nullable Outcome<Update> completeOther(
      Placement placement, Stamp base, Ballot ballot, Accepted pending) {
    Round accept = round(placement);
    Round.End end =
        accept(accept, placement, base, new Accepted(ballot, pending.origin(), pending.value()));
    if (end != Round.End.REACHED) {
      return retry(accept, end);
    }
    // One value is chosen per base, and it isn't ours.
    sent = null;
    Round learn = round(placement);
    end =
        learn.gather(
            Coordinator.propagate(placement, key, new Versioned(base.successor(), pending.value())),
            Reply.Done.class);
    return end == Round.End.REACHED ? null : retry(learn, end);
  }

  private Round.End accept(Round round, Placement placement, Stamp base, Accepted value) {
    Round.End end =
        round.gather(
            new Request.Accept(
                placement.epoch(), key, base, value.ballot(), value.origin(), value.value()),
            Reply.Done.class);
    learn(round);
    return end;
  }

  private Round round(Placement placement) {
    return new Round(world, key.partition(), placement, placement.writeSets(), deadlineNanos);
  }

  private @Nullable Outcome<Update> retry(Round round, Round.End end) {
    if (patience.again(round, end)) {
      return null;
    }
    return sent == null ? Patience.refused(round) : new Outcome.Unknown<>(round.detail());
  }

  /** The next ballot is higher than all that were seen. */
  private void learn(Round round) {
    for (Reply reply : round.replies().values()) {
      if (reply instanceof Reply.Outbid(Ballot promised)) {
        world.clock().tick(promised.round());
      }
    }
  }

  private static @Nullable Accepted pending(Round prepare) {
    return prepare.replies().values().stream()
        .map(reply -> reply instanceof Reply.Promised(Accepted accepted) ? accepted : null)
        .filter(accepted -> accepted != null)
        .max(Comparator.comparing(Accepted::ballot))
        .orElse(null);
  }
}
