package rondo.s3.crypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.SealedStream;

/** Encrypts a stream as its bytes arrive; holds one frame. Used by one thread. */
public final class FrameSealer {
  private final Cipher cipher = SealedFrames.cipher();
  private final SecretKey key;
  private final long sizeBytes;
  private final Consumer<ByteBuffer> sink;
  private long taken;
  private @Nullable ByteBuffer frame;

  /**
   * Begins a stream.
   *
   * @param stream a new one, used for one run of bytes only
   * @param sink receives one frame at a time, and may keep it
   */
  public FrameSealer(DataKey key, SealedStream stream, Consumer<ByteBuffer> sink) {
    this.key = key.of(stream);
    this.sizeBytes = stream.getSize();
    this.sink = sink;
  }

  /**
   * Takes all of {@code plain}, and moves its position to its limit.
   *
   * @throws IllegalStateException when there are more bytes than were announced
   */
  public void update(ByteBuffer plain) {
    if (plain.remaining() > sizeBytes - taken) {
      throw new IllegalStateException("more bytes than the " + sizeBytes + " that were announced");
    }
    while (plain.hasRemaining()) {
      long number = taken / SealedFrames.PLAIN_BYTES;
      int ofFrame = SealedFrames.plainBytes(number, sizeBytes);
      int done = (int) (taken % SealedFrames.PLAIN_BYTES);
      int count = Math.min(plain.remaining(), ofFrame - done);
      seal(number, plain.slice(plain.position(), count), done + count == ofFrame);
      plain.position(plain.position() + count);
      taken += count;
    }
  }

  private void seal(long number, ByteBuffer bytes, boolean ends) {
    try {
      ByteBuffer open = frame == null ? begin(number) : frame;
      if (!ends) {
        cipher.update(bytes, open);
        frame = open;
        return;
      }
      cipher.doFinal(bytes, open);
      frame = null;
      sink.accept(open.flip());
    } catch (GeneralSecurityException e) {
      throw SealedFrames.noAesGcm(e);
    }
  }

  private ByteBuffer begin(long number) throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, SealedFrames.nonce(number, sizeBytes));
    return ByteBuffer.allocate(SealedFrames.plainBytes(number, sizeBytes) + SealedFrames.TAG_BYTES);
  }
}
