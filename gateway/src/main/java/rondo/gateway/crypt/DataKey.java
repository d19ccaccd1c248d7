package rondo.gateway.crypt;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import rondo.gateway.auth.Hashes;
import rondo.metadata.rows.SealedStream;

/** An object's own key, of 256 bits. Immutable; never shown. */
public final class DataKey {
  static final int BYTES = 32;
  private static final byte[] STREAM = "rondo stream".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  private DataKey(byte[] key) {
    this.key = key;
  }

  public static DataKey random() {
    return new DataKey(randomBytes(BYTES));
  }

  /**
   * @throws TamperedException when it isn't as long as a key
   */
  static DataKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new TamperedException("a data key of " + key.length + " bytes");
    }
    return new DataKey(key.clone());
  }

  static byte[] randomBytes(int count) {
    var bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /**
   * Sixteen bytes in hex that tell the same data under this key apart from other data, and nobody
   * who hasn't the key anything else.
   */
  public String tag(String digest) {
    byte[] tag =
        Hashes.hmacSha256(key, ("rondo tag " + digest).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(tag, 0, 16);
  }

  /** A stream of its own key for so many bytes. */
  public static SealedStream newStream(long plainBytes) {
    return SealedStream.newBuilder()
        .setSalt(ByteString.copyFrom(randomBytes(Frames.SALT_BYTES)))
        .setSize(plainBytes)
        .build();
  }

  SecretKey of(SealedStream stream) {
    byte[] label = ByteString.copyFrom(STREAM).concat(stream.getSalt()).toByteArray();
    return new SecretKeySpec(Hashes.hmacSha256(key, label), "AES");
  }

  /** The key itself, lent to who wraps it. */
  byte[] bytes() {
    return key;
  }

  @Override
  public String toString() {
    return "DataKey";
  }
}
