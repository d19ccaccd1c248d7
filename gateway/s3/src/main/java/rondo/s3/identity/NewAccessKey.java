package rondo.s3.identity;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * An access key and its secret.
 *
 * @param accessKey twenty characters, A to Z and 2 to 7
 * @param secret forty characters: 30 random bytes
 */
public record NewAccessKey(String accessKey, String secret) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String PREFIX = "RONDO";
  private static final int LENGTH = 20;

  /** A key and a secret from a cryptographic random generator. */
  public static NewAccessKey random() {
    var random = new SecureRandom();
    var id = new StringBuilder(PREFIX);
    while (id.length() < LENGTH) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    byte[] secret = new byte[30];
    random.nextBytes(secret);
    // The URL alphabet has no slash and no plus, over which some clients still stumble.
    return new NewAccessKey(id.toString(), Base64.getUrlEncoder().encodeToString(secret));
  }

  /** Leaves the secret out, which must not end up in a log. */
  @Override
  public String toString() {
    return "NewKey[" + accessKey + "]";
  }
}
