package rondo.s3.encryption;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.SealedStream;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.FrameSealer;
import rondo.s3.crypt.SealedFrames;

/**
 * The encryption of one run of new bytes on their way to the store.
 *
 * @param key null when the bytes stay plain
 * @param row describes the stream, to decrypt it later; null when the bytes stay plain or there are
 *     none
 * @param storedBytes the length of the stored form
 */
public record StreamEncryption(
    @Nullable DataKey key, @Nullable SealedStream row, long storedBytes) {

  static StreamEncryption of(@Nullable DataKey key, long plainBytes) {
    if (key == null || plainBytes == 0) {
      return new StreamEncryption(null, null, plainBytes);
    }
    long sealed = SealedFrames.sealedBytes(plainBytes);
    return new StreamEncryption(
        key,
        key.newStream(plainBytes),
        key.outer() == null ? sealed : SealedFrames.sealedBytes(sealed));
  }

  /** A consumer that takes all plain bytes in order and passes their stored form to the sink. */
  public Consumer<Buffer> into(Consumer<Buffer> sink) {
    if (key == null || row == null) {
      return sink;
    }
    Consumer<ByteBuffer> stored =
        frame -> sink.accept(BufferInternal.buffer(Unpooled.wrappedBuffer(frame)));
    DataKey outer = key.outer();
    var sealer =
        outer == null
            ? new FrameSealer(key, row, stored)
            : new FrameSealer(
                key, row, new FrameSealer(outer, SealedFrames.around(row), stored)::update);
    return piece -> sealer.update(((BufferInternal) piece).getByteBuf().nioBuffer());
  }
}
