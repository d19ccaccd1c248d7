package rondo.s3.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests may be in work at once. Thread-safe. */
final class RequestAdmission {
  private final int most;
  private final Semaphore free;
  private volatile boolean closing;

  RequestAdmission(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Whether one more may begin; then {@link #leave} ends it. Never blocks. */
  boolean enter() {
    return !closing && free.tryAcquire();
  }

  void leave() {
    free.release();
  }

  /** Lets nobody in any more; whether all had left within {@code patience}. */
  boolean drain(Duration patience) {
    closing = true;
    try {
      return free.tryAcquire(most, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
