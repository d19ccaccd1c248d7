package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Takes the bytes of a blob in order, as they arrive. */
@FunctionalInterface
public interface BlobSink {
  /**
   * Takes the next piece. The piece is lent until this method returns: its bytes change afterwards.
   * Blocks until there is room for more. An exception from this method ends the read.
   */
  void write(Buffer piece);

  /**
   * Whether the next chunk may be read while this one is taken, which needs memory. It is asked
   * once per chunk.
   */
  default boolean mayReadAhead() {
    return true;
  }

  /** Takes pieces on behalf of another sink, which decides whether to read ahead. */
  static BlobSink before(BlobSink other, Consumer<Buffer> taker) {
    return new BlobSink() {
      @Override
      public void write(Buffer piece) {
        taker.accept(piece);
      }

      @Override
      public boolean mayReadAhead() {
        return other.mayReadAhead();
      }
    };
  }
}
