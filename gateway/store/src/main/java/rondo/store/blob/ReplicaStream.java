package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;
import rondo.store.chunk.ChunkException;
import rondo.store.chunk.ChunkException.Reason;
import rondo.store.chunk.ChunkStore;

/**
 * Sends one chunk to one replica, on a virtual thread of its own. The lock of its {@link ChunkFan}
 * guards its fields.
 */
final class ReplicaStream {
  /** The progress of one replica. */
  enum State {
    RUNNING,
    DURABLE,
    FAILED
  }

  private final ChunkFan fan;
  private final NodeId node;
  private final ArrayDeque<Buffer> queue = new ArrayDeque<>();
  private long backlogBytes;
  private boolean ended;
  private State state = State.RUNNING;
  private ChunkStore.@Nullable Upload upload;

  ReplicaStream(ChunkFan fan, NodeId node) {
    this.fan = fan;
    this.node = node;
  }

  NodeId node() {
    return node;
  }

  State state() {
    return state;
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Bytes that wait to be sent. */
  long backlogBytes() {
    return backlogBytes;
  }

  void offer(Buffer buffer) {
    if (isRunning()) {
      queue.add(buffer);
      backlogBytes += buffer.length();
    }
  }

  void end() {
    ended = true;
  }

  /** Whether the fan has handed over the whole chunk. */
  boolean isEnded() {
    return ended;
  }

  /** Stops the stream, even while it waits. */
  void drop() {
    fail();
    if (upload != null) {
      upload.cancel();
    }
  }

  private void fail() {
    if (isRunning()) {
      state = State.FAILED;
      queue.clear();
      backlogBytes = 0;
    }
  }

  /** The body of the stream's thread. */
  void run() {
    boolean durable = false;
    ChunkStore.Upload started = null;
    try {
      started = fan.put(node);
      durable = begun(started) && pump(started);
    } catch (ChunkException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        fan.suspect(node);
      } else if (e.reason() == Reason.FULL) {
        fan.full(node);
      }
    } finally {
      if (started != null && !durable) {
        started.abort();
      }
      finished(durable);
    }
  }

  private boolean begun(ChunkStore.Upload started) {
    return fan.locked(() -> {
      upload = started;
      return isRunning();
    });
  }

  private boolean pump(ChunkStore.Upload started) {
    Buffer next = fan.take(this);
    while (next != null) {
      int length = next.length();
      started.write(next);
      fan.locked(() -> {
        backlogBytes -= length;
        return true;
      });
      next = fan.take(this);
    }
    if (!fan.locked(this::isRunning)) {
      return false;
    }
    started.commit();
    return true;
  }

  /** Whether {@link #poll} would give bytes, or the end. */
  boolean isReady() {
    return !queue.isEmpty() || ended || !isRunning();
  }

  /** The next bytes to send; null at the end, and after the stream was dropped. */
  @Nullable Buffer poll() {
    return queue.poll();
  }

  private void finished(boolean durable) {
    fan.locked(() -> {
      if (durable && isRunning()) {
        state = State.DURABLE;
      }
      fail();
      return true;
    });
  }
}
