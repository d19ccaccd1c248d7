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
 * The key of one object, of 256 bits, perhaps with a second key for an outer layer of encryption.
 * Immutable; never printed.
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

  /** This key, with a second key for an outer layer. */
  public DataKey within(DataKey around) {
    return new DataKey(key, around);
  }

  /** The key of the outer layer; null when there is one layer only. */
  public @Nullable DataKey outer() {
    return outer;
  }

  /**
   * Makes a key from its bytes.
   *
   * @throws TamperedException when they aren't 32
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
   * A keyed tag of a digest: 16 bytes in hex. Under one key, only equal digests have equal tags;
   * without the key, a tag tells nothing about the data.
   */
  public String tag(String digest) {
    byte[] tag =
        Hashes.hmacSha256(key, ("rondo tag " + digest).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(tag, 0, 16);
  }

  /** A new stream for {@code plainBytes} bytes, with a random salt and so with a key of its own. */
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

  /** The key itself, not a copy, for the code that wraps it. */
  byte[] bytes() {
    return key;
  }

  @Override
  public String toString() {
    return "DataKey";
  }
}
