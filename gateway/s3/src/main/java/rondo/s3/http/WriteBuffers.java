package rondo.s3.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Memory in which bytes leave for clients: used again, it needs no clearing and stays in the
 * processor's cache, and outside of the heap the socket takes from it without a copy. Bounded; who
 * comes when all is in use gets memory of the heap. Thread-safe.
 */
final class WriteBuffers {
  /** More at once gains nothing. */
  static final int BYTES = 256 * 1024;

  private final Semaphore unmade;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  WriteBuffers(int most) {
    this.unmade = new Semaphore(most);
  }

  /** An empty one of that size, which is {@link #BYTES} at most. */
  ByteBuffer take(int bytes) {
    ByteBuffer used = bytes < BYTES / 2 ? null : free.poll();
    if (used != null) {
      return used.clear().limit(bytes);
    }
    return bytes >= BYTES / 2 && unmade.tryAcquire()
        ? ByteBuffer.allocateDirect(BYTES).limit(bytes)
        : ByteBuffer.allocate(bytes);
  }

  /** Takes one back that nobody uses any more; what isn't given back is lost to others only. */
  void give(@Nullable ByteBuffer used) {
    if (used != null && used.isDirect()) {
      free.add(used);
    }
  }
}
