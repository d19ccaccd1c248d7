package rondo.metadata.disk;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit for one file: threads that wait for stable storage share syncs. One of them syncs
 * for all writes made so far, and those that arrive meanwhile wait for the next sync. After a
 * failed sync none is tried again, since the kernel may have dropped the pages that it couldn't
 * write. Thread-safe.
 */
public final class GroupCommit {
  private final Sync sync;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();

  /** The number of the last write. A sync that begins covers all writes up to it. */
  private long written;

  private long durable;
  private boolean running;
  private boolean failed;
  private boolean superseded;

  /** The sync of the file: returns once all bytes written before the call are on stable storage. */
  @FunctionalInterface
  public interface Sync {
    void run() throws IOException;
  }

  /** An earlier sync failed, so that none was tried for this caller. */
  public static final class EarlierFailureException extends IOException {
    private static final long serialVersionUID = 1;

    EarlierFailureException() {
      super("an earlier sync failed");
    }
  }

  public GroupCommit(Sync sync) {
    this(0, sync);
  }

  /**
   * @param durable the number of the last write that is on stable storage already
   */
  public GroupCommit(long durable, Sync sync) {
    this.written = durable;
    this.durable = durable;
    this.sync = sync;
  }

  /** Takes note that all writes up to this number were made. */
  public void written(long number) {
    lock.lock();
    try {
      written = Math.max(written, number);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once all writes up to this number are on stable storage.
   *
   * @throws EarlierFailureException when an earlier sync failed
   * @throws IOException when this thread's sync failed
   */
  public void await(long number) throws IOException {
    lock.lock();
    try {
      while (durable < number && !failed && !superseded) {
        if (running) {
          finished.awaitUninterruptibly();
        } else {
          lead();
        }
      }
      if (durable < number && !superseded) {
        throw new EarlierFailureException();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns once everything that this thread has written is on stable storage.
   *
   * @throws EarlierFailureException when an earlier sync failed
   * @throws IOException when this thread's sync failed
   */
  public void sync() throws IOException {
    long number;
    lock.lock();
    try {
      number = ++written;
    } finally {
      lock.unlock();
    }
    await(number);
  }

  /**
   * Takes note that another file holds all of these writes durably. Once this returns, no thread
   * waits or syncs here any more.
   */
  public void supersede() {
    lock.lock();
    try {
      superseded = true;
      while (running) {
        finished.awaitUninterruptibly();
      }
      finished.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void lead() throws IOException {
    long covered = written;
    running = true;
    boolean synced = false;
    lock.unlock();
    try {
      sync.run();
      synced = true;
    } finally {
      lock.lock();
      running = false;
      failed |= !synced;
      durable = synced ? covered : durable;
      finished.signalAll();
    }
  }
}
