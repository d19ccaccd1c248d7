package rondo.ring.coordinate;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.quorum.Outcome;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * Operations on registers, from any node. Straight-line code: each call waits on its virtual
 * thread, at most until its deadline ({@link rondo.ring.port.Time#nanos}). Thread-safe.
 */
public final class Coordinator {
  /** Linearizable unless {@code level} says less. */
  public Outcome<Versioned> read(Key key, Level level, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes {@code value} (null deletes) whatever was there; gives the state that it replaced as it
   * was seen.
   */
  public Outcome<Update.Written> write(Key key, @Nullable Bytes value, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /**
   * Conditional write: {@code judge} sees the current state and decides, atomically. It may be
   * called several times and has no effects of its own.
   */
  public Outcome<Update> update(Key key, Function<Versioned, Judgement> judge, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /** A page that holds every live row acknowledged before the call began. */
  public Outcome<Reply.Page> scan(Range range, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }
}
