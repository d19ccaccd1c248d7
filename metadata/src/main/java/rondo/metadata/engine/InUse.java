package rondo.metadata.engine;

import java.util.concurrent.Semaphore;

/** Who uses something that must not be closed under their hands. Thread-safe. */
final class InUse {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore uses = new Semaphore(ALL);
  private volatile boolean closing;

  /**
   * To be followed by one {@link #leave}.
   *
   * @throws EngineException when it is closed, or is about to be
   */
  void enter() {
    if (closing || !uses.tryAcquire()) {
      throw new EngineException("the engine is closed");
    }
  }

  void leave() {
    uses.release();
  }

  /** Lets nobody in any more and returns when the last one has left; false after the first call. */
  boolean close() {
    synchronized (this) {
      if (closing) {
        return false;
      }
      closing = true;
    }
    uses.acquireUninterruptibly(ALL);
    return true;
  }
}
