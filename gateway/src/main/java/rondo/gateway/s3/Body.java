package rondo.gateway.s3;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A request's body as it comes off the socket. Used by one virtual thread. */
@FunctionalInterface
public interface Body {
  /**
   * The next piece, waited for; null at the end. Asks a client that waits for it to go on
   * (100-continue).
   *
   * @throws S3Exception RequestTimeout when the client stalls, IncompleteBody when it left
   */
  @Nullable Buffer next();
}
