package rondo.store.chunk;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;
import rondo.store.chunk.ChunkException.Reason;
import rondo.store.transport.BulkDialer;

/** The bulk connections to one node: kept while idle, and bounded in number. Thread-safe. */
final class BulkPool {
  /** The most streams to one node at a time; further ones wait. */
  private static final int OPEN_LIMIT = 64;

  private static final int IDLE_LIMIT = 16;
  private static final long DIAL_SECONDS = 5;

  private final NodeId node;
  private final BulkDialer dialer;
  private final Semaphore open = new Semaphore(OPEN_LIMIT);
  private final ArrayDeque<BulkSocket> idle = new ArrayDeque<>();
  private boolean closed;

  BulkPool(NodeId node, BulkDialer dialer) {
    this.node = node;
    this.dialer = dialer;
  }

  /**
   * Takes a connection for the caller alone, which returns it by {@link #release}. Waits while all
   * are in use.
   */
  BulkSocket acquire() {
    try {
      if (!open.tryAcquire(DIAL_SECONDS, TimeUnit.SECONDS)) {
        throw unreachable("too many transfers");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted");
    }
    BulkSocket socket = null;
    try {
      socket = idle();
      if (socket == null) {
        socket = dial();
      }
      return socket;
    } finally {
      if (socket == null) {
        open.release();
      }
    }
  }

  private synchronized @Nullable BulkSocket idle() {
    while (true) {
      // The most recently used one: its TCP window is still open, and the others may time out.
      var socket = idle.pollLast();
      if (socket == null || (!socket.isClosed() && !socket.hasInput())) {
        return socket;
      }
      socket.close();
    }
  }

  private BulkSocket dial() {
    var dialed = new CompletableFuture<BulkSocket>();
    dialer
        .dial(node)
        .onComplete(result -> {
          if (result.failed()) {
            dialed.completeExceptionally(result.cause());
          } else if (!dialed.complete(new BulkSocket(result.result()))) {
            result.result().close();
          }
        });
    try {
      return dialed.get(DIAL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      dialed.cancel(false);
      throw unreachable("interrupted");
    } catch (ExecutionException e) {
      throw unreachable(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      dialed.cancel(false);
      throw unreachable("no connection in time");
    }
  }

  private ChunkException unreachable(String why) {
    return new ChunkException(Reason.UNREACHABLE, "node " + node + ": " + why);
  }

  /**
   * Returns a connection to the pool.
   *
   * @param reusable whether its last exchange was complete
   */
  void release(BulkSocket socket, boolean reusable) {
    open.release();
    if (!reusable || !keep(socket)) {
      socket.close();
    }
  }

  private synchronized boolean keep(BulkSocket socket) {
    if (closed || idle.size() >= IDLE_LIMIT) {
      return false;
    }
    idle.add(socket);
    return true;
  }

  synchronized void close() {
    closed = true;
    idle.forEach(BulkSocket::close);
    idle.clear();
  }
}
