package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/**
 * Brings a key's newest state to a write quorum, and with it the unfinished conditional write on
 * top of it, which may already be chosen.
 */
final class SettleOperation {
  private final CoordinatorContext context;
  private final Key key;
  private final long deadlineNanos;
  private final RetryPolicy retryPolicy;

  SettleOperation(CoordinatorContext context, Key key, long deadlineNanos) {
    this.context = context;
    this.key = key;
    this.deadlineNanos = deadlineNanos;
    this.retryPolicy = new RetryPolicy(context, key.partition(), deadlineNanos);
  }

  Outcome<VersionedValue> run() {
    while (true) {
      Outcome<VersionedValue> outcome = attempt();
      if (outcome != null) {
        return outcome;
      }
    }
  }

  private @Nullable Outcome<VersionedValue> attempt() {
    Placement placement = context.placements().of(key.partition());
    var newest = new QueryPhase(context, placement, key, placement.allSets(), deadlineNanos);
    Round.End end = newest.ask();
    if (end != Round.End.REACHED) {
      return retry(newest.round(), end);
    }
    VersionedValue state = newest.state();
    var proposer = context.proposer(key, placement, state.stamp(), deadlineNanos);
    end = proposer.prepare();
    if (end != Round.End.REACHED) {
      return retry(proposer.round(), end);
    }
    AcceptedValue pending = proposer.pending();
    if (pending != null) {
      end = proposer.accept(pending.origin(), pending.value());
      if (end != Round.End.REACHED) {
        return retry(proposer.round(), end);
      }
      state = new VersionedValue(state.stamp().successor(), pending.value());
    }
    VersionedValue settled = state;
    var attempts = new Attempts(context, key, deadlineNanos);
    return new WriteOperation(context, attempts, deadlineNanos).write(settled, _ -> settled);
  }

  private @Nullable Outcome<VersionedValue> retry(Round round, Round.End end) {
    return retryPolicy.awaitRetry(round, end) ? null : RetryPolicy.refused(round);
  }
}
