package rondo.s3.crypt;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;

/**
 * A key that a client brings with each request (SSE-C). The service stores none of it: a data key
 * wrapped under it tells whether a later request brings the same key. Immutable; never printed.
 */
public final class CustomerKey {
  private static final ByteString ASSOCIATED_DATA = ByteString.copyFromUtf8("rondo customer key");

  private final byte[] key;
  private final String md5;

  private CustomerKey(byte[] key, String md5) {
    this.key = key;
    this.md5 = md5;
  }

  /** Parses a key; null when the text isn't 256 bits in base64. */
  public static @Nullable CustomerKey parse(String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length == DataKey.BYTES
          ? new CustomerKey(
              key, Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(key)))
          : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** The key's MD5 in base64, which clients send along and answers return. */
  public String md5() {
    return md5;
  }

  /** Whether the MD5 that a client sends, in base64, is this key's. */
  public boolean hasMd5(String base64) {
    return MessageDigest.isEqual(
        md5.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        base64.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  public ByteString wrap(DataKey dataKey) {
    return KeyWrap.wrap(key, dataKey, ASSOCIATED_DATA);
  }

  /**
   * Unwraps a data key.
   *
   * @throws TamperedException when it was wrapped under another key
   */
  public DataKey unwrap(ByteString wrapped) {
    return KeyWrap.unwrap(key, wrapped, ASSOCIATED_DATA);
  }

  @Override
  public String toString() {
    return "CustomerKey";
  }
}
