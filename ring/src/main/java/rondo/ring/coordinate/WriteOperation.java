package rondo.ring.coordinate;

import java.util.function.Function;
import rondo.ring.message.Reply;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** Brings one state to a write quorum, under one stamp however often it is tried. */
final class WriteOperation {
  private final CoordinatorContext context;
  private final Attempts attempts;
  private final long deadlineNanos;
  private boolean perhapsSomewhere;
  private boolean overtaken;

  WriteOperation(CoordinatorContext context, Attempts attempts, long deadlineNanos) {
    this.context = context;
    this.attempts = attempts;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * Writes the state. The outcome is refused only if no replica has the state or ever will.
   *
   * @param result makes the outcome's value, from whether a replica was past the state already
   */
  <T> Outcome<T> write(VersionedValue state, Function<Boolean, T> result) {
    while (true) {
      Key key = attempts.key();
      Placement placement = context.placements().of(key.partition());
      var round =
          context.round(
              key.partition(), placement, placement.writeSets(), context.until(deadlineNanos));
      Round.End end =
          round.gather(
              Coordinator.propagate(placement, key, state),
              Reply.Done.class::isInstance,
              Round.Persistence.CERTAINTY);
      overtaken |= round.overtaken();
      if (end == Round.End.REACHED) {
        return new Outcome.Reached<>(result.apply(overtaken));
      }
      perhapsSomewhere |= !round.certainlyNowhere();
      if (!attempts.awaitRetry(round, end)) {
        return perhapsSomewhere
            ? new Outcome.Unknown<>(round.detail())
            : RetryPolicy.refused(round);
      }
    }
  }
}
