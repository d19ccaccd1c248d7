package rondo.s3.crypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the frames of a {@link SealedRange} as they arrive, and passes on the range's bytes of
 * each frame once the frame has been authenticated. Holds one frame and its plain bytes. Used by
 * one thread.
 */
public final class RangeOpener {
  private final Cipher cipher = SealedFrames.cipher();
  private final DataKey key;
  private final Iterator<SealedRange.Run> runs;
  private final Consumer<ByteBuffer> sink;
  private final byte[] sealed;
  private final byte[] plain;
  private int held;
  private SealedRange.@Nullable Run run;
  private @Nullable SecretKey streamKey;
  private long frame;
  private int skip;
  private long left;

  RangeOpener(DataKey key, SealedRange range, Consumer<ByteBuffer> sink) {
    this.key = key;
    this.runs = range.runs().iterator();
    this.sink = sink;
    this.skip = range.skip();
    this.left = range.length();
    this.sealed = new byte[(int) Math.min(SealedFrames.SEALED_BYTES, range.sealedLength())];
    this.plain = new byte[Math.max(0, sealed.length - SealedFrames.TAG_BYTES)];
  }

  /**
   * Takes the next bytes of the frames, in pieces of any size.
   *
   * @throws TamperedException when a frame isn't the one that was sealed in its place
   */
  public void update(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      SealedRange.Run current = current();
      int whole =
          SealedFrames.plainBytes(frame, current.stream().getSize()) + SealedFrames.TAG_BYTES;
      int count = Math.min(bytes.remaining(), whole - held);
      if (count == whole && bytes.hasArray()) {
        open(current, bytes.array(), bytes.arrayOffset() + bytes.position(), whole);
        bytes.position(bytes.position() + whole);
        continue;
      }
      bytes.get(sealed, held, count);
      held += count;
      if (held == whole) {
        held = 0;
        open(current, sealed, 0, whole);
      }
    }
  }

  private SealedRange.Run current() {
    SealedRange.Run current = run;
    if (current != null && frame < current.end()) {
      return current;
    }
    if (!runs.hasNext()) {
      throw new TamperedException("more bytes than the frames of a range have");
    }
    current = runs.next();
    run = current;
    frame = current.first();
    streamKey = key.of(current.stream());
    return current;
  }

  private void open(SealedRange.Run current, byte[] from, int offset, int length) {
    int opened;
    try {
      cipher.init(
          Cipher.DECRYPT_MODE, streamKey, SealedFrames.nonce(frame, current.stream().getSize()));
      opened = cipher.doFinal(from, offset, length, plain, 0);
    } catch (AEADBadTagException e) {
      throw new TamperedException("frame " + frame + " of a stream isn't what was sealed");
    } catch (GeneralSecurityException e) {
      throw SealedFrames.noAesGcm(e);
    }
    int count = (int) Math.min(opened - skip, left);
    sink.accept(ByteBuffer.wrap(plain, skip, count));
    skip = 0;
    left -= count;
    frame++;
  }

  /**
   * Ends the range.
   *
   * @throws TamperedException when a part of it has not arrived
   */
  public void finish() {
    if (left > 0 || held > 0) {
      throw new TamperedException(left + " bytes of a range are missing");
    }
  }
}
