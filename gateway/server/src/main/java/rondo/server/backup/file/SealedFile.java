package rondo.server.backup.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes of a file of a backup, sealed to a recovery key: an ephemeral X25519 key agrees with it
 * on a secret, of which HKDF-SHA-256 (RFC 5869) makes a key for AES-256-GCM. Each file has a key of
 * its own, so that its nonce is constant. The file's name is bound in.
 *
 * <pre>
 * file    = "RNDOBAK1" key name(8) length(2) ephemeral public key (X.509) ciphertext tag(16)
 * key     = HKDF-SHA-256(ikm: X25519 secret, salt: ephemeral public key, info: "rondo backup 1")
 * nonce   = 12 zero bytes;  associated data = the file's name in UTF-8
 * </pre>
 */
public final class SealedFile {
  private static final byte[] MAGIC = "RNDOBAK1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFO = "rondo backup 1".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_BYTES = 8;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final int HEAD_BYTES = MAGIC.length + NAME_BYTES + Short.BYTES;

  private SealedFile() {}

  public static byte[] seal(RecoveryKey.Seals to, String name, byte[] plain) {
    try {
      KeyPair ephemeral = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      byte[] shown = ephemeral.getPublic().getEncoded();
      SecretKey key = key(ephemeral.getPrivate(), to.key(), shown);
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, name).doFinal(plain);
      return ByteBuffer.allocate(HEAD_BYTES + shown.length + sealed.length)
          .put(MAGIC)
          .put(HexFormat.of().parseHex(to.name()))
          .putShort((short) shown.length)
          .put(shown)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has X25519, HKDF and AES-GCM", e);
    }
  }

  /**
   * Opens a file.
   *
   * @throws BackupException when it has another format, is sealed to another key, or was changed
   */
  public static byte[] open(RecoveryKey.Opens with, String name, byte[] file) {
    if (file.length < HEAD_BYTES || !startsWith(file, MAGIC, MAGIC.length - 1)) {
      throw new BackupException(name + " is no file of a backup, or was damaged");
    }
    if (!startsWith(file, MAGIC, MAGIC.length)) {
      throw new BackupException(
          name + " is of a newer version of backups: restore it with a newer Rondo");
    }
    String to = HexFormat.of().formatHex(file, MAGIC.length, MAGIC.length + NAME_BYTES);
    if (!to.equals(with.name())) {
      throw new BackupException(
          "this backup is sealed to the recovery key %s, and the given one is %s"
              .formatted(to, with.name()));
    }
    int length = Short.toUnsignedInt(ByteBuffer.wrap(file).getShort(HEAD_BYTES - Short.BYTES));
    int begin = HEAD_BYTES + length;
    try {
      byte[] shown = Arrays.copyOfRange(file, HEAD_BYTES, begin);
      PublicKey ephemeral =
          KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(shown));
      SecretKey key = key(with.key(), ephemeral, shown);
      return cipher(Cipher.DECRYPT_MODE, key, name).doFinal(file, begin, file.length - begin);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BackupException(
          name + " can't be opened: it was damaged, or put in the place of another file", e);
    }
  }

  private static boolean startsWith(byte[] file, byte[] magic, int bytes) {
    return Arrays.mismatch(file, 0, bytes, magic, 0, bytes) < 0;
  }

  private static SecretKey key(PrivateKey own, PublicKey other, byte[] salt)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(own);
    agreement.doPhase(other, true);
    var secret = new SecretKeySpec(agreement.generateSecret(), "Generic");
    HKDFParameterSpec parameters =
        HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(secret).thenExpand(INFO, KEY_BYTES);
    return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
  }

  private static Cipher cipher(int mode, SecretKey key, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, new byte[12]));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
