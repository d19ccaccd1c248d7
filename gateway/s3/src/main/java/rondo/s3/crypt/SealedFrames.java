package rondo.s3.crypt;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import rondo.metadata.rows.SealedStream;

/**
 * The sealed form of a run of bytes (an object or one of its parts). Any range of it can be read
 * without the rest, and every change, move, omission or truncation is detected.
 *
 * <pre>
 * stream     = frame*                  none when it has no bytes
 * frame      = ciphertext tag          AES-256-GCM
 * ciphertext   as many bytes as plain ones: 65,536; in the last frame 1 to 65,536
 * tag          16 bytes
 * nonce      = number (8 bytes, big-endian, from 0) 0 0 0 last (1 byte: 1 in the last frame, or 0)
 * key        = HMAC-SHA-256(data key, "rondo stream" salt)
 * salt         16 random bytes in the row, different for every stream
 * </pre>
 *
 * In two layers (DSSE-KMS), the frames of the inner layer are the plain bytes of the outer one,
 * which has its own key and salt.
 *
 * <p>After the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (2015): since every stream has a
 * key of its own, a frame can be decrypted only in its place in its stream.
 */
public final class SealedFrames {
  /**
   * The read of a few bytes costs one frame; larger frames would save little of the tags' 16 bytes
   * each.
   */
  public static final int PLAIN_BYTES = 64 * 1024;

  static final int TAG_BYTES = 16;

  /** The length of every frame but a stream's last one. */
  public static final int SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;

  static final int SALT_BYTES = 16;

  private SealedFrames() {}

  /** The number of frames for {@code plainBytes} bytes. */
  static long count(long plainBytes) {
    return (plainBytes + PLAIN_BYTES - 1) / PLAIN_BYTES;
  }

  /** The sealed length of {@code plainBytes} bytes. */
  public static long sealedBytes(long plainBytes) {
    return plainBytes + TAG_BYTES * count(plainBytes);
  }

  /** The outer layer of a stream: its plain bytes are the inner layer's sealed ones. */
  public static SealedStream around(SealedStream inner) {
    return SealedStream.newBuilder()
        .setSalt(inner.getOuterSalt())
        .setSize(sealedBytes(inner.getSize()))
        .build();
  }

  /** The number of plain bytes in a frame of a stream of {@code ofPlainBytes} bytes. */
  static int plainBytes(long frame, long ofPlainBytes) {
    return (int) Math.min(PLAIN_BYTES, ofPlainBytes - frame * PLAIN_BYTES);
  }

  static AlgorithmParameterSpec nonce(long frame, long ofPlainBytes) {
    boolean last = frame == count(ofPlainBytes) - 1;
    var nonce = ByteBuffer.allocate(12).putLong(frame).putInt(last ? 1 : 0);
    return new GCMParameterSpec(8 * TAG_BYTES, nonce.array());
  }

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw noAesGcm(e);
    }
  }

  /** An error that no JDK with AES-GCM can cause. */
  static IllegalStateException noAesGcm(GeneralSecurityException e) {
    return new IllegalStateException("the JDK can't do AES-GCM", e);
  }
}
