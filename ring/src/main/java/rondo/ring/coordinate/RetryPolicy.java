package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply.Reason;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.Bytes;

/** Decides for one operation whether a round that failed is worth another, and waits before it. */
final class RetryPolicy {
  private static final long FIRST_PAUSE_NANOS = 5_000_000L;
  private static final int MOST_DOUBLINGS = 6;

  /**
   * Replicas refuse at once. They are tried again soon, in case they are just starting, but not for
   * long: the client can wait better than a gateway full of waiting requests.
   */
  private static final int MOST_REFUSALS = 5;

  private final CoordinatorContext context;
  private final Bytes partition;
  private final long deadlineNanos;
  private int tries;
  private int refusals;

  RetryPolicy(CoordinatorContext context, Bytes partition, long deadlineNanos) {
    this.context = context;
    this.partition = partition;
    this.deadlineNanos = deadlineNanos;
  }

  /** Waits and returns true, or returns false at once. */
  boolean awaitRetry(Round round, Round.End end) {
    if (context.isSloppy()) {
      context.suspects().silent(round, end);
    }
    boolean worthwhile =
        switch (end) {
          case REACHED -> true;
          case SILENT -> context.isSloppy();
          case STALE -> {
            context.placements().stale(round.staleEpoch());
            yield true;
          }
          case IMPOSSIBLE -> mayChange(round.reason());
        };
    return worthwhile && pause(round, end);
  }

  private boolean mayChange(@Nullable Reason reason) {
    if (reason == null) {
      return true;
    }
    return switch (reason) {
      case CLOSED, MALFORMED -> false;
      case UNAVAILABLE -> ++refusals < MOST_REFUSALS;
      case NOT_A_REPLICA -> true;
    };
  }

  private boolean pause(Round round, Round.End end) {
    boolean known =
        end == Round.End.STALE
            && context.placements().of(partition).epoch() >= round.staleEpoch()
            && round.staleEpoch() > round.epoch();
    if (!known) {
      long most = FIRST_PAUSE_NANOS << Math.min(tries++, MOST_DOUBLINGS);
      long pause = most / 2 + context.chance().nextInt((int) most);
      if (context.time().nanos() + pause >= deadlineNanos) {
        return false;
      }
      context.pause(pause);
    }
    return true;
  }

  /** The outcome of an operation that stops after this round and certainly had no effect. */
  static <T> Outcome<T> refused(Round round) {
    Reason reason = round.reason();
    return new Outcome.Refused<>(reason == null ? Reason.UNAVAILABLE : reason, round.shortage());
  }
}
