package rondo.s3.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.s3.admission.RequestMemory;
import rondo.store.blob.BlobSink;

/**
 * Sends an answer's body to the client, in few large writes, with at most a window of unfinished
 * bytes, which grows once while memory is plentiful. It counts these bytes itself, because {@code
 * writeQueueFull} doesn't see bytes that TLS has taken already. Used by one virtual thread.
 *
 * <p>A client may pause. It is cut only when it pauses for minutes, or when others need the memory.
 */
final class ClientSink implements BlobSink, AutoCloseable {
  /** Two buffers, so that one is filled while the other leaves. */
  private static final int WINDOW_BYTES = 512 * 1024;

  /** A larger window keeps fast clients busy. */
  private static final int EXTRA_BYTES = 512 * 1024;

  /** The most that is held of the object: pieces of one chunk, read from disk or another node. */
  private static final long FETCH_BYTES = 1 << 20;

  /** Less than the time after which another node gives up on a read that stands still. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(4);

  private final HttpServerResponse response;
  private final HttpConnection connection;
  private final RequestMemory memory;
  private final WriteBuffers buffers;
  private final Semaphore room = new Semaphore(WINDOW_BYTES);
  private volatile boolean gone;
  private int window = WINDOW_BYTES;
  private boolean readsAhead;

  /** Bytes of the body for which no buffer has been taken yet. */
  private long left;

  /** The buffer that is being filled; it leaves with the next write. */
  private @Nullable ByteBuffer gathered;

  /**
   * @param lengthBytes length of the whole body
   */
  ClientSink(
      HttpServerRequest request, RequestMemory memory, WriteBuffers buffers, long lengthBytes) {
    this.response = request.response();
    this.connection = request.connection();
    this.memory = memory;
    this.buffers = buffers;
    this.left = lengthBytes;
  }

  /** The memory that an answer of that length has to draw before it begins. */
  static long needs(long lengthBytes) {
    return Math.min(lengthBytes, WINDOW_BYTES) + Math.min(lengthBytes, FETCH_BYTES);
  }

  @Override
  public boolean mayReadAhead() {
    readsAhead |= memory.drawExtra(FETCH_BYTES);
    return readsAhead;
  }

  /**
   * @throws ClientGoneException when the client closed its connection or paused for too long
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
    take(window);
  }

  @Override
  public void close() {
    buffers.give(gathered);
    gathered = null;
  }

  private void take(int size) {
    if (!room.tryAcquire(size)) {
      awaitRoom(size);
    }
    if (gone) {
      throw new ClientGoneException("the client has left");
    }
  }

  private void awaitRoom(int size) {
    if (left > size && window == WINDOW_BYTES && memory.drawExtra(EXTRA_BYTES)) {
      window += EXTRA_BYTES;
      room.release(EXTRA_BYTES);
    }
    memory.waitsForClient(this::cut);
    try {
      if (!room.tryAcquire(size, LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ClientGoneException("the client takes nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException("interrupted");
    } finally {
      memory.goesOn();
    }
  }

  /** Ends the wait at once; the connection's end frees the buffers that are on their way. */
  private void cut() {
    gone = true;
    room.release(window);
    connection.close();
  }
}
