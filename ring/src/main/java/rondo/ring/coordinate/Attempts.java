package rondo.ring.coordinate;

import rondo.ring.message.Reply;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;

/**
 * Leads one operation from attempt to attempt, with its key, which may move, and its retry policy.
 */
final class Attempts {
  private final CoordinatorContext context;
  private final long deadlineNanos;
  private Key key;
  private RetryPolicy retryPolicy;

  Attempts(CoordinatorContext context, Key key, long deadlineNanos) {
    this.context = context;
    this.deadlineNanos = deadlineNanos;
    this.key = key;
    this.retryPolicy = new RetryPolicy(context, key.partition(), deadlineNanos);
  }

  Key key() {
    return key;
  }

  /**
   * Called after a round that failed. Waits, finds out where the key is now, and returns true; or
   * returns false when no further attempt is worthwhile.
   */
  boolean awaitRetry(Round round, Round.End end) {
    if (end == Round.End.IMPOSSIBLE && round.reason() == Reply.Reason.CLOSED) {
      return follow();
    }
    return retryPolicy.awaitRetry(round, end);
  }

  private boolean follow() {
    Key next = context.keyLocator().of(key, deadlineNanos);
    if (next == null) {
      return false;
    }
    if (!next.equals(key)) {
      key = next;
      retryPolicy = new RetryPolicy(context, key.partition(), deadlineNanos);
    }
    return true;
  }
}
