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

  /** A key that nobody can guess. */
  public static NewAccessKey random() {
    var random = new SecureRandom();
    var id = new StringBuilder(PREFIX);
    while (id.length() < LENGTH) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    byte[] secret = new byte[30];
    random.nextBytes(secret);
    // Without slash and plus: some clients still stumble over them.
    return new NewAccessKey(id.toString(), Base64.getUrlEncoder().encodeToString(secret));
  }

  /** Leaves the secret out: it must not end in a log. */
  @Override
  public String toString() {
    return "NewKey[" + accessKey + "]";
  }
}
