package rondo.metadata.engine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who wait share syncs: one of them syncs for all that was written before, and whoever
 * comes meanwhile waits for the next. After a failure nothing is tried again. Thread-safe.
 */
final class GroupSync {
  private final Runnable sync;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition synced = lock.newCondition();
  private long written;
  private long durable;
  private boolean syncing;
  private @Nullable EngineException failure;

  /**
   * @param durable what is on stable storage already
   * @param sync throws an {@link EngineException} when it fails
   */
  GroupSync(long durable, Runnable sync) {
    this.written = durable;
    this.durable = durable;
    this.sync = sync;
  }

  void written(long sequence) {
    lock.lock();
    try {
      written = sequence;
    } finally {
      lock.unlock();
    }
  }

  void await(long sequence) {
    while (!isDurable(sequence)) {
      long target = lead(sequence);
      if (target > 0) {
        syncAll(target);
      }
    }
  }

  private boolean isDurable(long sequence) {
    lock.lock();
    try {
      return durable >= sequence;
    } finally {
      lock.unlock();
    }
  }

  /** What the caller is to sync; 0 when another one has, or when it is done already. */
  private long lead(long sequence) {
    lock.lock();
    try {
      while (syncing && durable < sequence) {
        synced.awaitUninterruptibly();
      }
      if (durable >= sequence) {
        return 0;
      }
      throwFailure();
      syncing = true;
      return written;
    } finally {
      lock.unlock();
    }
  }

  private void syncAll(long target) {
    boolean done = false;
    try {
      sync.run();
      done = true;
    } catch (EngineException e) {
      throw fail(e);
    } finally {
      lock.lock();
      try {
        syncing = false;
        durable = done ? target : durable;
        synced.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * @throws EngineException when something failed before
   */
  void check() {
    lock.lock();
    try {
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  private void throwFailure() {
    EngineException cause = failure;
    if (cause != null) {
      throw new EngineException(String.valueOf(cause.getMessage()), cause);
    }
  }

  boolean failed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is synced any more. Returns the first failure. */
  EngineException fail(EngineException cause) {
    lock.lock();
    try {
      EngineException first = failure == null ? cause : failure;
      failure = first;
      return first;
    } finally {
      lock.unlock();
    }
  }
}
