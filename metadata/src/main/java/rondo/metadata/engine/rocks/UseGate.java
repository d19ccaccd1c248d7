package rondo.metadata.engine.rocks;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineException;

/** Counts the users of a resource, and closes only after the last of them has left. Thread-safe. */
final class UseGate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore uses = new Semaphore(ALL);
  private volatile @Nullable String closed;

  /**
   * Begins a use; to be followed by one {@link #leave}.
   *
   * @throws EngineException when it is closed or is being closed
   */
  void enter() {
    String told = closed;
    if (told != null || !uses.tryAcquire()) {
      throw new EngineException(String.valueOf(closed));
    }
  }

  void leave() {
    uses.release();
  }

  /**
   * Refuses new users, and returns once the last user has left; false unless this is the first
   * call.
   *
   * @param why the message for users who come later
   */
  boolean close(String why) {
    synchronized (this) {
      if (closed != null) {
        return false;
      }
      closed = why;
    }
    uses.acquireUninterruptibly(ALL);
    return true;
  }

  /** Undoes a {@link #close} that returned true. */
  void open() {
    closed = null;
    uses.release(ALL);
  }
}
