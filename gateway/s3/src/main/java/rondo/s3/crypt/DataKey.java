package rondo.s3.crypt;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.SealedStream;
import rondo.s3.auth.Hashes;

/**
 * An object's own key, of 256 bits; perhaps with another one for a layer around the first.
 * Immutable; never shown.
 */
public final class DataKey {
  static final int BYTES = 32;
  private static final byte[] STREAM = "rondo stream".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;
  private final @Nullable DataKey outer;

  private DataKey(byte[] key, @Nullable DataKey outer) {
    this.key = key;
    this.outer = outer;
  }

  public static DataKey random() {
    return new DataKey(randomBytes(BYTES), null);
  }

  /** The same, and around what it seals another layer. */
  public DataKey within(DataKey around) {
    return new DataKey(key, around);
  }

  /** The key of the layer around; null for none. */
  public @Nullable DataKey outer() {
    return outer;
  }

  /**
   * @throws TamperedException when it isn't as long as a key
   */
  static DataKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new TamperedException("a data key of " + key.length + " bytes");
    }
    return new DataKey(key.clone(), null);
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
  public SealedStream newStream(long plainBytes) {
    var stream = SealedStream.newBuilder().setSalt(salt()).setSize(plainBytes);
    return outer == null ? stream.build() : stream.setOuterSalt(salt()).build();
  }

  private static ByteString salt() {
    return ByteString.copyFrom(randomBytes(SealedFrames.SALT_BYTES));
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
