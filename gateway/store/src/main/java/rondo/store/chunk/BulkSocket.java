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
 * A connection as straight-line code sees it: reads and writes block, on virtual threads, and hold
 * at most a window of bytes each. One thread reads and one writes; any may close.
 */
final class BulkSocket {
  /** Bytes in unfinished writes, and bytes received but not read, beyond which the other waits. */
  static final int WINDOW_BYTES = 1 << 20;

  private final NetSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Buffer> input = new ArrayDeque<>();
  private long inputBytes;
  private long unfinishedBytes;
  private boolean paused;
  private boolean closed;

  /** On the socket's event loop, or with the socket paused. */
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
      if (inputBytes > WINDOW_BYTES && !paused) {
        paused = true;
        socket.pause();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True the first time. */
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

  /** Whether the other side has said something that was not read. */
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

  /** At least one byte and at most {@code limit}. */
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
      if (paused && !closed && inputBytes < WINDOW_BYTES / 2) {
        paused = false;
        socket.resume();
      }
      return head;
    } finally {
      lock.unlock();
    }
  }

  /** Exactly {@code count} bytes, which are few. */
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

  /** Waits until there is room in the window; a window's worth that makes no progress fails. */
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

  @SuppressWarnings("WaitNotInLoop") // the callers loop
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
