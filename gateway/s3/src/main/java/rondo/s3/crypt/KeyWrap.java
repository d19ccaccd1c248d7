package rondo.s3.crypt;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A data key under another key.
 *
 * <pre>
 * wrapped = nonce (12 random bytes) ciphertext (32) tag (16)     AES-256-GCM
 * </pre>
 *
 * The nonces are random: a key wraps up to 2^32 others (NIST SP 800-38D, section 8.3). Pure.
 */
final class KeyWrap {
  private static final int NONCE_BYTES = 12;
  private static final int BYTES = NONCE_BYTES + DataKey.BYTES + SealedFrames.TAG_BYTES;

  private KeyWrap() {}

  /**
   * Wraps a data key.
   *
   * @param wrappingKey 32 bytes
   * @param associatedData must be given again to unwrap the key
   */
  static ByteString wrap(byte[] wrappingKey, DataKey key, ByteString associatedData) {
    return seal(wrappingKey, key.bytes(), associatedData);
  }

  /** Seals a short secret of any length in the same form. */
  static ByteString seal(byte[] wrappingKey, byte[] secret, ByteString associatedData) {
    byte[] nonce = DataKey.randomBytes(NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, wrappingKey, nonce, associatedData);
      return ByteString.copyFrom(nonce).concat(ByteString.copyFrom(cipher.doFinal(secret)));
    } catch (GeneralSecurityException e) {
      throw SealedFrames.noAesGcm(e);
    }
  }

  /**
   * Unwraps a data key.
   *
   * @throws TamperedException when it was wrapped under another key or with other associated data
   */
  static DataKey unwrap(byte[] wrappingKey, ByteString wrapped, ByteString associatedData) {
    if (wrapped.size() != BYTES) {
      throw new TamperedException("a wrapped key of " + wrapped.size() + " bytes");
    }
    return DataKey.of(open(wrappingKey, wrapped, associatedData));
  }

  /**
   * Opens what {@link #seal} has sealed.
   *
   * @throws TamperedException when it was sealed under another key or with other associated data
   */
  static byte[] open(byte[] wrappingKey, ByteString sealed, ByteString associatedData) {
    if (sealed.size() < NONCE_BYTES + SealedFrames.TAG_BYTES) {
      throw new TamperedException("a sealed secret of " + sealed.size() + " bytes");
    }
    byte[] nonce = sealed.substring(0, NONCE_BYTES).toByteArray();
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrappingKey, nonce, associatedData);
      return cipher.doFinal(sealed.substring(NONCE_BYTES).toByteArray());
    } catch (AEADBadTagException e) {
      throw new TamperedException("a wrapped key isn't of this key");
    } catch (GeneralSecurityException e) {
      throw SealedFrames.noAesGcm(e);
    }
  }

  private static Cipher cipher(
      int mode, byte[] wrappingKey, byte[] nonce, ByteString associatedData)
      throws GeneralSecurityException {
    Cipher cipher = SealedFrames.cipher();
    cipher.init(
        mode,
        new SecretKeySpec(wrappingKey, "AES"),
        new GCMParameterSpec(8 * SealedFrames.TAG_BYTES, nonce));
    cipher.updateAAD(associatedData.asReadOnlyByteBuffer());
    return cipher;
  }
}
