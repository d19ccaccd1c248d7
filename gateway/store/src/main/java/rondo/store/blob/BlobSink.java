package rondo.store.blob;

import io.vertx.core.buffer.Buffer;

/** Takes the bytes of a blob as they arrive. */
@FunctionalInterface
public interface BlobSink {
  /**
   * Takes the next piece, which is lent until this returns: its bytes change afterwards. Blocks
   * until there is room for more. What it throws ends the read.
   */
  void write(Buffer piece);
}
