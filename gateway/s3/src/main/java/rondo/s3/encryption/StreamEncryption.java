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
 * New bytes on their way to where they are stored.
 *
 * @param key null when they stay plain
 * @param row what must be kept to open them; null when they stay plain, or there are none
 * @param storedBytes how many they are as they are stored
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

  /** What takes all of the plain bytes in order, and gives the sink what is to be stored. */
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
