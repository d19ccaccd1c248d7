package rondo.s3.request;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Exception;

/** A request's body as it comes off the socket. Used by one virtual thread. */
@FunctionalInterface
public interface RequestBody {
  /**
   * Waits for the next piece; null at the end. The first call tells a client that waits for 100
   * (Continue) to send the body.
   *
   * @throws S3Exception RequestTimeout when the client stalls, IncompleteBody when it has left
   */
  @Nullable Buffer next();

  /**
   * How many of the last bytes of the announced length may not come, as those of a form's file,
   * whose length is known at its end alone; 0 where that length is exact.
   */
  default long uncertainBytes() {
    return 0;
  }
}
