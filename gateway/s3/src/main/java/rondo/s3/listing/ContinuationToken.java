package rondo.s3.listing;

import java.util.Base64;
import rondo.ring.value.Bytes;
import rondo.s3.error.S3Exception;

/**
 * Encodes the position at which a listing goes on. The token is opaque to clients and never
 * expires.
 *
 * <pre>
 *   token = base64url of: version(1) = 1, position
 * </pre>
 */
public final class ContinuationToken {
  private static final byte VERSION = 1;

  private ContinuationToken() {}

  public static String encode(Bytes position) {
    byte[] token = Bytes.concat(Bytes.wrap(new byte[] {VERSION}), position).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The position of a token.
   *
   * @throws S3Exception InvalidArgument for a token that {@link #encode} didn't make
   */
  public static Bytes decode(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length > 0 && bytes[0] == VERSION) {
        return Bytes.wrap(bytes).slice(1, bytes.length);
      }
    } catch (IllegalArgumentException notBase64) {
      throw wrong(token);
    }
    throw wrong(token);
  }

  private static S3Exception wrong(String token) {
    String name = "continuation-token";
    String message = "The continuation token provided is incorrect";
    return token.isEmpty()
        ? S3Exception.argument(name, message)
        : S3Exception.argument(name, token, message);
  }
}
