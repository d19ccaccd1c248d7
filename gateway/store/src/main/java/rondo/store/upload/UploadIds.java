package rondo.store.upload;

import java.util.HexFormat;
import java.util.zip.CRC32C;
import rondo.ring.value.Bytes;

/**
 * Ids of uploads. The time in front lists a key's uploads in the order in which they began; the end
 * tells whether an id that is gone was one of a key's. Pure.
 *
 * <pre>
 *   id = hex of: time in microseconds:8, random:12, CRC32C of the key:4
 * </pre>
 */
public final class UploadIds {
  private static final int RANDOM_BYTES = 12;
  private static final int DIGITS = 2 * (Long.BYTES + RANDOM_BYTES + Integer.BYTES);

  private UploadIds() {}

  /**
   * @param random at least 12 bytes
   */
  static String of(long micros, byte[] random, String key) {
    return HexFormat.of().toHexDigits(micros)
        + HexFormat.of().formatHex(random, 0, RANDOM_BYTES)
        + sum(key);
  }

  /** Whether an upload of this key may have had this id. */
  public static boolean isOf(String key, String id) {
    return id.length() == DIGITS && id.endsWith(sum(key));
  }

  private static String sum(String key) {
    var sum = new CRC32C();
    sum.update(Bytes.utf8(key).array());
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
