package rondo.s3.request;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Exception;

/** A request's body as it comes off the socket. Used by one virtual thread. */
@FunctionalInterface
public interface RequestBody {
  /**
   * The next piece, waited for; null at the end. Asks a client that waits for it to go on
   * (100-continue).
   *
   * @throws S3Exception RequestTimeout when the client stalls, IncompleteBody when it left
   */
  @Nullable Buffer next();
}
