package rondo.server.backup.file;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import rondo.s3.auth.Hashes;

/**
 * The two halves of an operator's recovery key, as lines of text. The public half seals backups;
 * only the private half opens them.
 *
 * <pre>
 * public  = "rondo-recovery-public-1:"  base64 of X.509's SubjectPublicKeyInfo, X25519
 * private = "rondo-recovery-private-1:" name ":" base64 of PKCS #8, X25519
 * name    = the first 8 bytes of SHA-256 of the SubjectPublicKeyInfo, in hex
 * </pre>
 */
public final class RecoveryKey {
  private static final String PUBLIC = "rondo-recovery-public-1:";
  private static final String PRIVATE = "rondo-recovery-private-1:";
  private static final String ALGORITHM = "X25519";
  private static final int NAME_BYTES = 8;

  private RecoveryKey() {}

  /** A new pair of halves, as text. */
  public record Pair(String publicHalf, String privateHalf) {}

  /**
   * The half that seals.
   *
   * @param name tells it from other keys
   */
  public record Seals(PublicKey key, String name) {}

  /**
   * The half that opens.
   *
   * @param name of its public half
   */
  public record Opens(PrivateKey key, String name) {}

  /** Makes a new key. */
  public static Pair make() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Pair(
          PUBLIC + base64.encodeToString(pair.getPublic().getEncoded()),
          PRIVATE
              + name(pair.getPublic())
              + ":"
              + base64.encodeToString(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has X25519", e);
    }
  }

  /**
   * Reads a public half.
   *
   * @throws BackupException when it isn't one
   */
  public static Seals seals(String text) {
    String line = text.strip();
    if (line.startsWith(PRIVATE)) {
      throw new BackupException(
          "this is the private half of a recovery key: a cluster gets only the public half, and"
              + " the private one stays with you");
    }
    if (!line.startsWith(PUBLIC)) {
      throw new BackupException(
          "this is no public half of a recovery key: 'rondo backup key FILE' makes a key");
    }
    try {
      byte[] encoded = Base64.getDecoder().decode(line.substring(PUBLIC.length()));
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
      return new Seals(key, name(key));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BackupException("the public half of the recovery key is damaged", e);
    }
  }

  /**
   * Reads a private half.
   *
   * @throws BackupException when it isn't one
   */
  public static Opens opens(String text) {
    String line = text.strip();
    int colon = line.indexOf(':', PRIVATE.length());
    if (!line.startsWith(PRIVATE) || colon < 0) {
      throw new BackupException(
          line.startsWith(PUBLIC)
              ? "this is the public half of a recovery key: a backup is opened by the private half"
              : "this is no private half of a recovery key");
    }
    try {
      byte[] encoded = Base64.getDecoder().decode(line.substring(colon + 1));
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new Opens(key, line.substring(PRIVATE.length(), colon));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BackupException("the private half of the recovery key is damaged", e);
    }
  }

  private static String name(PublicKey key) {
    byte[] hash = Hashes.start("SHA-256").digest(key.getEncoded());
    return HexFormat.of().formatHex(Arrays.copyOf(hash, NAME_BYTES));
  }
}
