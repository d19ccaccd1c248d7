package rondo.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import rondo.gateway.blob.BlobSink;

/**
 * The way to a client: at most a window of bytes is on it. {@code writeQueueFull} doesn't see what
 * TLS has taken already, so it counts the bytes of unfinished writes itself. Used by one virtual
 * thread.
 */
final class ClientSink implements BlobSink {
  private static final int WINDOW_BYTES = 1024 * 1024;

  private final HttpServerResponse response;
  private final Duration stall;
  private final Semaphore room = new Semaphore(WINDOW_BYTES);
  private volatile boolean gone;

  ClientSink(HttpServerResponse response, Duration stall) {
    this.response = response;
    this.stall = stall;
  }

  /**
   * @throws ClientGoneException when the client closed, or takes nothing for too long
   */
  @Override
  public void write(Buffer piece) {
    int size = Math.min(piece.length(), WINDOW_BYTES);
    take(size);
    response
        .write(piece)
        .onComplete(done -> {
          gone |= done.failed();
          room.release(size);
        });
  }

  /** Waits until everything is with the operating system. */
  void flush() {
    take(WINDOW_BYTES);
  }

  private void take(int size) {
    try {
      // Progress is measured in whole windows: a client so slow that one takes longer is stalled.
      if (!room.tryAcquire(size, stall.toMillis(), TimeUnit.MILLISECONDS) || gone) {
        throw new ClientGoneException("the client takes nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException("interrupted");
    }
  }
}
