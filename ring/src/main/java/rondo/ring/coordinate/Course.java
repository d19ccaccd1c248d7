package rondo.ring.coordinate;

import rondo.ring.message.Reply;
import rondo.ring.quorum.Round;
import rondo.ring.register.Key;

/** One operation's way from try to try: its key, which may move on, and its patience. */
final class Course {
  private final Surroundings world;
  private final long deadlineNanos;
  private Key key;
  private Patience patience;

  Course(Surroundings world, Key key, long deadlineNanos) {
    this.world = world;
    this.deadlineNanos = deadlineNanos;
    this.key = key;
    this.patience = new Patience(world, key.partition(), deadlineNanos);
  }

  Key key() {
    return key;
  }

  /** After a round that failed: waits, finds out where the key is now, and says true; or false. */
  boolean again(Round round, Round.End end) {
    if (end == Round.End.IMPOSSIBLE && round.reason() == Reply.Reason.CLOSED) {
      return follow();
    }
    return patience.again(round, end);
  }

  private boolean follow() {
    Key next = world.whereabouts().of(key, deadlineNanos);
    if (next == null) {
      return false;
    }
    if (!next.equals(key)) {
      key = next;
      patience = new Patience(world, key.partition(), deadlineNanos);
    }
    return true;
  }
}
