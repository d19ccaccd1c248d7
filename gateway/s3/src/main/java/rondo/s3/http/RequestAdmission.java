package rondo.s3.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds the number of requests in work at once. Thread-safe. */
final class RequestAdmission {
  private final int most;
  private final Semaphore free;
  private volatile boolean closing;

  RequestAdmission(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Admits one more request if there is room; {@link #leave} then ends it. Never blocks. */
  boolean enter() {
    return !closing && free.tryAcquire();
  }

  void leave() {
    free.release();
  }

  /**
   * Admits no further request and waits for those in work.
   *
   * @return whether all of them ended within {@code patience}
   */
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
