package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import rondo.metadata.rows.Segment;

/** Writes one blob. Used by one virtual thread. Ends with {@link #finish} or {@link #abort}. */
public interface BlobWriter {
  /**
   * Takes the next bytes, which the caller must not change afterwards. Waits while fewer than W
   * replicas keep up, so that memory stays bounded.
   *
   * @throws BlobUnavailableException when W replicas can't be reached any more
   * @throws IllegalStateException when there are more bytes than were announced
   */
  void write(Buffer slice);

  /**
   * Returns once every chunk is on stable storage on a write quorum.
   *
   * @throws BlobUnavailableException when some chunk may not be there: no row may name the blob
   * @throws IllegalStateException when there are fewer bytes than were announced
   */
  Segment finish();

  /** Gives up, and drops the chunks that were written. Does nothing after {@link #finish}. */
  void abort();
}
