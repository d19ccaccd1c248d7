package rondo.ring.coordinate;

import java.util.function.Function;
import rondo.ring.message.Reply;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/** Brings one state to a write quorum, under one stamp however often it is tried. */
final class Writing {
  private final Surroundings world;
  private final Course course;
  private final long deadlineNanos;
  private boolean perhapsSomewhere;
  private boolean overtaken;

  Writing(Surroundings world, Course course, long deadlineNanos) {
    this.world = world;
    this.course = course;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * Reached with what {@code result} makes of whether a replica was past it already; refused if no
   * replica has or will ever have the state.
   */
  <T> Outcome<T> write(Versioned state, Function<Boolean, T> result) {
    while (true) {
      Key key = course.key();
      Placement placement = world.placements().of(key.partition());
      var round =
          world.round(
              key.partition(), placement, placement.writeSets(), world.until(deadlineNanos));
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
      if (!course.again(round, end)) {
        return perhapsSomewhere ? new Outcome.Unknown<>(round.detail()) : Patience.refused(round);
      }
    }
  }
}
