package rondo.storage.extent;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import rondo.storage.disk.DiskFile;

/** Lets all who wait for a file to be synced share one sync. Thread-safe. */
final class GroupSync {
  private final DiskFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();

  /** Tickets handed out; a sync that begins covers all of them. */
  private long asked;

  private long done;
  private boolean running;
  private boolean failed;
  private boolean superseded;

  /** A sync failed before this one was asked for: nothing more was tried. */
  static final class EarlierFailure extends IOException {
    private static final long serialVersionUID = 1;

    EarlierFailure() {
      super("an earlier sync failed");
    }
  }

  GroupSync(DiskFile file) {
    this.file = file;
  }

  /**
   * Returns when everything that this thread has written is on stable storage.
   *
   * @throws IOException when a sync failed: after that every call fails, since the kernel may have
   *     dropped what it couldn't write
   */
  void sync() throws IOException {
    lock.lock();
    try {
      long ticket = ++asked;
      while (done < ticket && !failed && !superseded) {
        if (running) {
          finished.awaitUninterruptibly();
        } else {
          lead();
        }
      }
      if (done < ticket && !superseded) {
        throw new EarlierFailure();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Everything that was written is on stable storage elsewhere: nobody waits for this file any
   * more, which is closed.
   */
  void supersede() throws IOException {
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
    file.close();
  }

  private void lead() throws IOException {
    long covered = asked;
    running = true;
    boolean synced = false;
    lock.unlock();
    try {
      file.sync();
      synced = true;
    } finally {
      lock.lock();
      running = false;
      failed |= !synced;
      done = synced ? covered : done;
      finished.signalAll();
    }
  }
}
