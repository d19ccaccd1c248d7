package rondo.ring.coordinate;

import rondo.ring.message.Reply;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;

/** One operation's way from try to try: its key, which may move on, and its retryPolicy. */
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

  /** After a round that failed: waits, finds out where the key is now, and says true; or false. */
  boolean awaitRetry(Round round, Round.End end) {
    if (end == Round.End.IMPOSSIBLE && round.reason() == Reply.Reason.CLOSED) {
      return follow();
    }
    return retryPolicy.awaitRetry(round, end);
  }

  private boolean follow() {
    Key next = context.whereabouts().of(key, deadlineNanos);
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
