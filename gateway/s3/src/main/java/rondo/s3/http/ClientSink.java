package rondo.s3.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.store.blob.BlobSink;

/**
 * Sends an answer's body to the client, in few large writes, with at most a window of unfinished
 * bytes. It counts these bytes itself, because {@code writeQueueFull} doesn't see bytes that TLS
 * has taken already. Used by one virtual thread.
 */
final class ClientSink implements BlobSink, AutoCloseable {
  private static final int WINDOW_BYTES = 1024 * 1024;

  private final HttpServerResponse response;
  private final Duration stall;
  private final WriteBuffers buffers;
  private final Semaphore room = new Semaphore(WINDOW_BYTES);
  private volatile boolean gone;

  /** Bytes of the body for which no buffer has been taken yet. */
  private long left;

  /** The buffer that is being filled; it leaves with the next write. */
  private @Nullable ByteBuffer gathered;

  /**
   * @param lengthBytes length of the whole body
   */
  ClientSink(HttpServerResponse response, Duration stall, WriteBuffers buffers, long lengthBytes) {
    this.response = response;
    this.stall = stall;
    this.buffers = buffers;
    this.left = lengthBytes;
  }

  /**
   * @throws ClientGoneException when the client closed its connection, or takes nothing for the
   *     stall time
   */
  @Override
  public void write(Buffer piece) {
    ByteBuffer bytes = ((BufferInternal) piece).getByteBuf().nioBuffer();
    while (bytes.hasRemaining()) {
      ByteBuffer buffer = gathered == null ? begin() : gathered;
      int count = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (!buffer.hasRemaining()) {
        gathered = null;
        send(buffer.flip());
      }
    }
  }

  private ByteBuffer begin() {
    int size = (int) Math.min(left, WriteBuffers.BYTES);
    if (size == 0) {
      throw new IllegalStateException("more bytes than were announced");
    }
    take(size);
    left -= size;
    ByteBuffer buffer = buffers.take(size);
    gathered = buffer;
    return buffer;
  }

  private void send(ByteBuffer buffer) {
    int size = buffer.remaining();
    response
        .write(BufferInternal.buffer(Unpooled.wrappedBuffer(buffer)))
        .onComplete(done -> {
          gone |= done.failed();
          buffers.give(buffer);
          room.release(size);
        });
  }

  /** Waits until the operating system has taken all bytes written so far. */
  void flush() {
    take(WINDOW_BYTES);
  }

  @Override
  public void close() {
    buffers.give(gathered);
    gathered = null;
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
