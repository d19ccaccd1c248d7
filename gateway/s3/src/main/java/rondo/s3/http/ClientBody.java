package rondo.s3.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.s3.admission.BodyPace;
import rondo.s3.admission.RequestMemory;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * A request's body, pulled from the socket piece by piece as the reader asks for it. Constructed on
 * the event loop; then used by one virtual thread.
 */
final class ClientBody implements RequestBody {
  /** Pieces that are read ahead. A piece has at most 128 KiB. */
  private static final int WINDOW = 4;

  /** The memory of a large body: pieces read ahead, and those on their way to replicas. */
  private static final long LARGE_BYTES = 2L << 20;

  private enum Mark {
    END,
    GONE,
    CUT
  }

  private final HttpServerRequest request;
  private final Context context;
  private final RequestMemory memory;
  private final BodyPace pace;

  /** Buffers, then a mark; the window bounds it. */
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

  private boolean requested;
  private boolean large;
  private boolean windowed;
  private volatile boolean ended;

  /** Used on the event loop alone. */
  private boolean discarding;

  ClientBody(HttpServerRequest request, Duration stall, RequestMemory memory) {
    this.request = request;
    this.context = Vertx.currentContext();
    this.memory = memory;
    this.pace = new BodyPace(stall);
    request.pause();
    request.handler(this::arrive);
    request.endHandler(v -> end());
    request.exceptionHandler(failed -> arrived.add(Mark.GONE));
    request
        .connection()
        .closeHandler(closed -> {
          arrived.add(Mark.GONE);
          memory.clientLeft();
        });
  }

  private void arrive(Buffer piece) {
    if (!discarding) {
      arrived.add(piece);
    }
  }

  private void end() {
    ended = true;
    arrived.add(Mark.END);
  }

  @Override
  public @Nullable Buffer next() {
    if (!large && pace.receivedBytes() >= RequestMemory.BASE_BYTES / 2) {
      drawLarge();
    }
    fetch();
    Object next = arrived.poll();
    if (next == null) {
      next = take();
    }
    if (next == Mark.END) {
      arrived.add(Mark.END);
      return null;
    }
    if (next instanceof Buffer piece) {
      pace.received(piece.length());
      return piece;
    }
    throw new S3Exception(next == Mark.CUT ? S3Error.SLOW_DOWN : S3Error.INCOMPLETE_BODY);
  }

  /** A body that turns out to be large draws the memory for its buffers, once. */
  private void drawLarge() {
    large = true;
    String length = request.getHeader("Content-Length");
    boolean known = length != null && length.matches("[0-9]{1,18}");
    long left = known ? Long.parseLong(length) - pace.receivedBytes() : LARGE_BYTES;
    if (left > 0 && !memory.draw(Math.min(left, LARGE_BYTES))) {
      throw new S3Exception(S3Error.SLOW_DOWN);
    }
  }

  /** Asks for one piece more than were taken; for a large body, for a window of them. */
  private void fetch() {
    if (requested) {
      int count = large && !windowed ? WINDOW : 1;
      windowed |= large;
      context.runOnContext(v -> request.fetch(count));
      return;
    }
    requested = true;
    context.runOnContext(v -> {
      if (expectsContinue()) {
        request.response().writeContinue();
      }
      request.fetch(1);
    });
  }

  private boolean expectsContinue() {
    String expect = request.getHeader("Expect");
    return expect != null && expect.equalsIgnoreCase("100-continue");
  }

  /** The bytes of the body that were read, as they were sent. */
  long receivedBytes() {
    return pace.receivedBytes();
  }

  private Object take() {
    memory.waitsForClient(() -> arrived.add(Mark.CUT));
    long began = System.nanoTime();
    try {
      Object next = arrived.poll(pace.patienceNanos(), TimeUnit.NANOSECONDS);
      pace.waited(System.nanoTime() - began);
      if (next == null) {
        throw new S3Exception(S3Error.REQUEST_TIMEOUT);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new S3Exception(S3Error.SERVICE_UNAVAILABLE);
    } finally {
      memory.goesOn();
    }
  }

  /**
   * Whether the connection can soon serve its next request: the body has ended, there is none, or
   * its rest is small and on its way.
   */
  boolean leavesConnectionUsable() {
    if (ended) {
      return true;
    }
    if (request.getHeader("Transfer-Encoding") != null) {
      return false;
    }
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return true;
    }
    boolean heldBack = expectsContinue() && !requested;
    return !heldBack && length.matches("[0-9]{1,5}");
  }

  /** Throws away the rest of the body, so that the connection gets to its next request. */
  void discard() {
    context.runOnContext(v -> {
      discarding = true;
      arrived.clear();
      request.resume();
    });
  }
}
