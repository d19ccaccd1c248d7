package rondo.server.storage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.commons.codec.binary.Base32;
import rondo.s3.auth.Hashes;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;
import rondo.store.transport.Authority;

/**
 * Root's access key and secret. They come from the environment, or are derived from the cluster's
 * join token, so that every node that has joined knows them.
 *
 * <pre>
 * file = "access_key=" text, "secret_key=" text, a line each
 * </pre>
 */
public record RootCredentials(String accessKey, String secret) {
  public static final String FILE = "root-credentials";

  /** The credentials that a node uses. Also writes them to its first data folder. */
  static RootCredentials of(Configuration configuration, Authority authority, Path folder) {
    String access = configuration.secrets().accessKey();
    String secret = configuration.secrets().secretKey();
    if (access != null && secret != null) {
      return new RootCredentials(access, secret);
    }
    Path file = folder.resolve(FILE);
    Optional<String> stored = PrivateFile.read(file);
    if (stored.isPresent()) {
      return parse(file, stored.get());
    }
    RootCredentials derived = derive(authority);
    PrivateFile.write(file, derived.text());
    return derived;
  }

  /**
   * Reads a credentials file.
   *
   * @throws StartException when the file isn't one
   */
  public static RootCredentials read(Path file) {
    return parse(
        file,
        PrivateFile.read(file)
            .orElseThrow(() ->
                new StartException(
                    "there is no " + file + ": name root's credentials file with --credentials")));
  }

  private static RootCredentials derive(Authority authority) {
    byte[] key = Objects.requireNonNull(authority.key(), "the join token").getEncoded();
    byte[] access = Hashes.hmacSha256(key, "root access key".getBytes(StandardCharsets.UTF_8));
    byte[] secret = Hashes.hmacSha256(key, "root secret key".getBytes(StandardCharsets.UTF_8));
    return new RootCredentials(
        "RONDO" + new Base32().encodeToString(access).substring(0, 15),
        Base64.getEncoder().encodeToString(secret).substring(0, 40));
  }

  private static RootCredentials parse(Path file, String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new StartException("can't read " + file + ": " + e, e);
    }
    String access = properties.getProperty("access_key");
    String secret = properties.getProperty("secret_key");
    if (access == null || secret == null) {
      throw new StartException(file + " needs the lines access_key=... and secret_key=...");
    }
    return new RootCredentials(access, secret);
  }

  private String text() {
    return "access_key=" + accessKey + "\nsecret_key=" + secret + "\n";
  }

  /** Leaves out the secret, which must not appear in a log. */
  @Override
  public String toString() {
    return "RootCredentials[" + accessKey + "]";
  }
}
