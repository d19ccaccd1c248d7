package rondo.s3.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of direct buffers in which bytes leave for clients. A buffer that is used again
 * needs no clearing and stays in the processor's cache, and the socket takes bytes from direct
 * memory without a copy. When all are in use, a caller gets heap memory instead. Thread-safe.
 */
final class WriteBuffers {
  /** Size of a buffer. Larger writes gain nothing. */
  static final int BYTES = 256 * 1024;

  private final Semaphore unmade;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  WriteBuffers(int most) {
    this.unmade = new Semaphore(most);
  }

  /**
   * An empty buffer.
   *
   * @param bytes its limit, {@link #BYTES} at most
   */
  ByteBuffer take(int bytes) {
    ByteBuffer used = bytes < BYTES / 2 ? null : free.poll();
    if (used != null) {
      return used.clear().limit(bytes);
    }
    return bytes >= BYTES / 2 && unmade.tryAcquire()
        ? ByteBuffer.allocateDirect(BYTES).limit(bytes)
        : ByteBuffer.allocate(bytes);
  }

  /** Takes back an unused buffer. One that isn't given back is lost to the pool, no more. */
  void give(@Nullable ByteBuffer used) {
    if (used != null && used.isDirect()) {
      free.add(used);
    }
  }
}
