package rondo.metadata.engine.rocks;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineException;

/** Who uses something that must not be closed under their hands. Thread-safe. */
final class UseGate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore uses = new Semaphore(ALL);
  private volatile @Nullable String closed;

  /**
   * To be followed by one {@link #leave}.
   *
   * @throws EngineException when it is closed, or is about to be
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
   * Lets nobody in any more and returns when the last one has left; false after the first call.
   *
   * @param why it is closed, as those are told who come later
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
