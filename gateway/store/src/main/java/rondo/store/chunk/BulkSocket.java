package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import rondo.store.chunk.ChunkException.Reason;

/**
 * A connection for straight-line code on virtual threads: reads and writes block, and each
 * direction holds at most a window of bytes. One thread reads and one thread writes; any thread may
 * close.
 */
final class BulkSocket {
  /** The most bytes in unfinished writes; beyond it the writer waits. */
  static final int WINDOW_BYTES = 1 << 20;

  /** The most bytes received and not yet read; beyond it the sender's window fills. */
  static final int INPUT_BYTES = 256 << 10;

  private final NetSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Buffer> input = new ArrayDeque<>();
  private long inputBytes;
  private long unfinishedBytes;
  private boolean paused;
  private boolean closed;

  /** Called on the socket's event loop, or with the socket paused. */
  BulkSocket(NetSocket socket) {
    this.socket = socket;
    socket.exceptionHandler(failure -> close());
    socket.closeHandler(end -> ended());
    socket.handler(this::received);
    socket.resume();
  }

  private void received(Buffer buffer) {
    lock.lock();
    try {
      input.add(buffer);
      inputBytes += buffer.length();
      if (inputBytes > INPUT_BYTES && !paused) {
        paused = true;
        socket.pause();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True on the first call only. */
  private boolean ended() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the other side has sent bytes that were not read. */
  boolean hasInput() {
    lock.lock();
    try {
      return inputBytes > 0;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Reads at least one byte and at most {@code limit} bytes. */
  Buffer some(int limit, long timeoutNanos) {
    lock.lock();
    try {
      await(() -> inputBytes > 0, timeoutNanos);
      var head = input.remove();
      if (head.length() > limit) {
        input.addFirst(head.slice(limit, head.length()));
        head = head.slice(0, limit);
      }
      inputBytes -= head.length();
      if (paused && !closed && inputBytes < INPUT_BYTES / 2) {
        paused = false;
        socket.resume();
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  /** Reads exactly {@code count} bytes; for small counts. */
  Buffer exactly(int count, long timeoutNanos) {
    var first = some(count, timeoutNanos);
    if (first.length() == count) {
      return first;
    }
    var whole = Buffer.buffer(count).appendBuffer(first);
    while (whole.length() < count) {
      whole.appendBuffer(some(count - whole.length(), timeoutNanos));
    }
    return whole;
  }

  /**
   * Waits until the window has room. Fails when a full window makes no progress for the timeout.
   */
  void write(Buffer buffer, long timeoutNanos) {
    lock.lock();
    try {
      if (!closed) {
        await(() -> unfinishedBytes <= WINDOW_BYTES || closed, timeoutNanos);
      }
      if (closed) {
        throw new ChunkException(Reason.UNREACHABLE, "the connection is closed");
      }
      unfinishedBytes += buffer.length();
    } finally {
      lock.unlock();
    }
    int count = buffer.length();
    socket.write(buffer).onComplete(result -> written(count, result.succeeded()));
  }

  private void written(int count, boolean succeeded) {
    lock.lock();
    try {
      unfinishedBytes -= count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (!succeeded) {
      close();
    }
  }

  private void await(BooleanSupplier condition, long timeoutNanos) {
    long left = timeoutNanos;
    while (!condition.getAsBoolean()) {
      if (closed || left <= 0) {
        close();
        throw new ChunkException(
            Reason.UNREACHABLE, left <= 0 ? "no answer in time" : "the connection is closed");
      }
      left = waitFor(left);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // waitFor's callers loop
  private long waitFor(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  void close() {
    if (ended()) {
      socket.close();
    }
  }

  static long seconds(int seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }
}
