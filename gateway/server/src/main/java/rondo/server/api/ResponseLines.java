package rondo.server.api;

import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes an answer's lines to its client, a few ahead of what the client has taken. Used by one
 * virtual thread.
 */
public final class ResponseLines implements ApiLines {
  /** Long enough to use the network, and short enough for a reader that has stopped. */
  private static final int AHEAD = 64;

  /** A client that takes nothing for so long is gone. */
  private static final long PATIENCE_SECONDS = 30;

  private final HttpServerResponse response;
  private final Semaphore room = new Semaphore(AHEAD);
  private volatile boolean gone;

  private ResponseLines(HttpServerResponse response) {
    this.response = response;
    response.setChunked(true);
    response.exceptionHandler(failure -> gone = true);
    response.closeHandler(closed -> gone = true);
  }

  /** Sends all lines of a source, and ends the answer; blocks meanwhile. */
  public static void send(HttpServerResponse response, Source source) {
    var lines = new ResponseLines(response);
    try {
      source.give(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!lines.gone) {
        response.end();
      }
    }
  }

  @Override
  public boolean send(String line) throws InterruptedException {
    if (!gone && !room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      gone = true;
      response.reset();
    }
    if (!gone) {
      response.write(line + "\n").onComplete(written -> room.release());
    }
    return !gone;
  }
}
