package rondo.server.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.s3.identity.NewAccessKey;
import rondo.server.config.StartException;

/**
 * An access key of root and its secret. A file may have several pairs, all of which are valid; the
 * last one is the newest.
 *
 * <pre>
 * file = pair+
 * pair = "access_key=" text, "secret_key=" text: a line each, in this or the other order
 * </pre>
 */
public record RootCredentials(String accessKey, String secret) {
  public static final String FILE = "root-credentials";

  /**
   * Reads the newest pair of a credentials file.
   *
   * @throws StartException when there is no such file, or it isn't one of credentials
   */
  public static RootCredentials read(Path file) {
    if (PrivateFile.read(file).isEmpty()) {
      throw new StartException(
          "there is no " + file + ": name root's credentials file with --credentials");
    }
    return all(file).getLast();
  }

  /** Reads all pairs; throws like {@link #read}. */
  static List<RootCredentials> all(Path file) {
    String text =
        PrivateFile.read(file).orElseThrow(() -> new StartException("there is no " + file));
    var pairs = new ArrayList<RootCredentials>();
    String access = null;
    String secret = null;
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      String name = line.substring(0, Math.max(0, equals)).strip();
      String value = line.substring(equals + 1).strip();
      switch (name) {
        case "access_key" -> access = once(file, access, value);
        case "secret_key" -> secret = once(file, secret, value);
        default -> {}
      }
      if (access != null && secret != null) {
        pairs.add(new RootCredentials(access, secret));
        access = null;
        secret = null;
      }
    }
    if (pairs.isEmpty() || access != null || secret != null) {
      throw malformed(file);
    }
    return List.copyOf(pairs);
  }

  private static String once(Path file, @Nullable String before, String value) {
    if (before != null || value.isEmpty()) {
      throw malformed(file);
    }
    return value;
  }

  private static StartException malformed(Path file) {
    return new StartException(
        file + " needs the lines access_key=... and secret_key=... for each key");
  }

  /** Makes a new pair from a cryptographic random generator. */
  public static RootCredentials random() {
    NewAccessKey key = NewAccessKey.random();
    return new RootCredentials(key.accessKey(), key.secret());
  }

  /** The pair that follows from an authority's key, in clusters that older versions founded. */
  static RootCredentials derive(byte[] key) {
    byte[] access = Hashes.hmacSha256(key, "root access key".getBytes(StandardCharsets.UTF_8));
    byte[] secret = Hashes.hmacSha256(key, "root secret key".getBytes(StandardCharsets.UTF_8));
    return new RootCredentials(
        "RONDO" + new Base32().encodeToString(access).substring(0, 15),
        Base64.getEncoder().encodeToString(secret).substring(0, 40));
  }

  /** The pair as lines of a file. */
  public String text() {
    return "access_key=" + accessKey + "\nsecret_key=" + secret + "\n";
  }

  /** Leaves out the secret, which must not appear in a log. */
  @Override
  public String toString() {
    return "RootCredentials[" + accessKey + "]";
  }
}
