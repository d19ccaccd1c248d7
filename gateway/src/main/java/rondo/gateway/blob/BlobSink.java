package rondo.gateway.blob;

import io.vertx.core.buffer.Buffer;

/** Takes the bytes of a blob as they arrive. */
@FunctionalInterface
public interface BlobSink {
  /** Takes the next piece; blocks until there is room for more. What it throws ends the read. */
  void write(Buffer piece);
}
