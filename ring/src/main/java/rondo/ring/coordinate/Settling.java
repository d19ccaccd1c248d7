package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.register.Accepted;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * Brings a key's newest state to a write quorum, and with it the conditional write on top of it
 * that may already be chosen.
 */
final class Settling {
  private final Surroundings context;
  private final Key key;
  private final long deadlineNanos;
  private final Patience retryPolicy;

  Settling(Surroundings context, Key key, long deadlineNanos) {
    this.context = context;
    this.key = key;
    this.deadlineNanos = deadlineNanos;
    this.retryPolicy = new Patience(context, key.partition(), deadlineNanos);
  }

  Outcome<Versioned> run() {
    while (true) {
      Outcome<Versioned> outcome = attempt();
      if (outcome != null) {
        return outcome;
      }
    }
  }

  private @Nullable Outcome<Versioned> attempt() {
    Placement placement = context.placements().of(key.partition());
    var newest = new Newest(context, placement, key, placement.allSets(), deadlineNanos);
    Round.End end = newest.ask();
    if (end != Round.End.REACHED) {
      return retry(newest.round(), end);
    }
    Versioned state = newest.state();
    var proposer = context.proposer(key, placement, state.stamp(), deadlineNanos);
    end = proposer.prepare();
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    Accepted pending = proposer.pending();
    if (pending != null) {
      end = proposer.accept(pending.origin(), pending.value());
      if (end != Round.End.REACHED) {
        return retry(proposer.round(), end);
      }
      state = new Versioned(state.stamp().successor(), pending.value());
    }
    Versioned settled = state;
    var attempts = new Course(context, key, deadlineNanos);
    return new Writing(context, attempts, deadlineNanos).write(settled, _ -> settled);
  }

  private @Nullable Outcome<Versioned> retry(Round round, Round.End end) {
    return retryPolicy.awaitRetry(round, end) ? null : Patience.refused(round);
  }
}
