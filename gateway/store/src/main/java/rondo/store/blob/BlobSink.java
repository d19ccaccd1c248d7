package rondo.store.blob;

import io.vertx.core.buffer.Buffer;

/** Takes the bytes of a blob in order, as they arrive. */
@FunctionalInterface
public interface BlobSink {
  /**
   * Takes the next piece. The piece is lent until this method returns: its bytes change afterwards.
   * Blocks until there is room for more. An exception from this method ends the read.
   */
  void write(Buffer piece);
}
