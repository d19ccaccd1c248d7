package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import rondo.metadata.rows.Segment;

/**
 * One blob being written. Used by one virtual thread. Ends with {@link #finish} or {@link #abort}.
 */
public interface BlobWriter {
  /**
   * Takes the next bytes, which nobody changes afterwards. Waits while fewer than W replicas keep
   * up, so that memory stays bounded.
   *
   * @throws BlobUnavailableException when W replicas can't be reached any more
   * @throws IllegalStateException when there are more bytes than were announced
   */
  void write(Buffer slice);

  /**
   * Returns once every chunk is on stable storage on a write quorum.
   *
   * @throws BlobUnavailableException when it may not be: the blob must not be named by any row
   * @throws IllegalStateException when there are fewer bytes than were announced
   */
  Segment finish();

  /** Gives up, and drops what was written. Does nothing after {@link #finish}. */
  void abort();
}
