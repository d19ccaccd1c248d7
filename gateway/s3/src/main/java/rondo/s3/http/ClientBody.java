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
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.RequestBody;

/**
 * A request's body, pulled from the socket piece by piece as the reader asks for it. Constructed on
 * the event loop; then used by one virtual thread.
 */
final class ClientBody implements RequestBody {
  /** Pieces that are read ahead. A piece has at most 256 KiB. */
  private static final int WINDOW = 4;

  private enum Mark {
    END,
    GONE
  }

  private final HttpServerRequest request;
  private final Context context;
  private final Duration stall;

  /** Buffers, then a mark; the window bounds it. */
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

  private boolean requested;
  private volatile boolean ended;

  /** Used, like {@link #closing}, on the event loop alone. */
  private boolean discarding;

  private boolean closing;

  ClientBody(HttpServerRequest request, Duration stall) {
    this.request = request;
    this.context = Vertx.currentContext();
    this.stall = stall;
    request.pause();
    request.handler(this::arrive);
    request.endHandler(v -> end());
    request.exceptionHandler(failed -> arrived.add(Mark.GONE));
    request.connection().closeHandler(closed -> arrived.add(Mark.GONE));
  }

  private void arrive(Buffer piece) {
    if (!discarding) {
      arrived.add(piece);
    }
  }

  private void end() {
    ended = true;
    arrived.add(Mark.END);
    if (closing) {
      request.connection().close();
    }
  }

  @Override
  public @Nullable Buffer next() {
    fetch();
    Object next = take();
    if (next == Mark.END) {
      arrived.add(Mark.END);
      return null;
    }
    if (next instanceof Buffer piece) {
      return piece;
    }
    throw new S3Exception(S3Error.INCOMPLETE_BODY);
  }

  private void fetch() {
    if (requested) {
      context.runOnContext(v -> request.fetch(1));
      return;
    }
    requested = true;
    context.runOnContext(v -> {
      if (expectsContinue()) {
        request.response().writeContinue();
      }
      request.fetch(WINDOW);
    });
  }

  private boolean expectsContinue() {
    String expect = request.getHeader("Expect");
    return expect != null && expect.equalsIgnoreCase("100-continue");
  }

  private Object take() {
    try {
      Object next = arrived.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new S3Exception(S3Error.REQUEST_TIMEOUT);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new S3Exception(S3Error.SERVICE_UNAVAILABLE);
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

  /** Closes the connection at the body's end, and at the latest after {@code patienceMillis}. */
  void closeWhenEnded(long patienceMillis) {
    context.runOnContext(v -> {
      closing = true;
      if (ended) {
        request.connection().close();
      } else {
        context.owner().setTimer(patienceMillis, late -> request.connection().close());
      }
    });
  }
}
