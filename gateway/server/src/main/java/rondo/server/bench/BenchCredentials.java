package rondo.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The key that requests are signed with. */
record BenchCredentials(String accessKey, String secret) {
  /**
   * Reads a file of {@code name = value} lines, such as a node's credentials file or that of the
   * AWS tools: the first name that contains {@code access_key} without {@code secret}, and the
   * first that contains {@code secret}.
   *
   * @throws BenchException saying what is missing or malformed
   */
  static BenchCredentials read(Path file) {
    String accessKey = null;
    String secret = null;
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          String name = line.substring(0, equals).toLowerCase(Locale.ROOT).replace('-', '_');
          String value = line.substring(equals + 1).strip();
          if (name.contains("secret")) {
            secret = secret == null ? value : secret;
          } else if (name.contains("access_key")) {
            accessKey = accessKey == null ? value : accessKey;
          }
        }
      }
    } catch (IOException e) {
      throw new BenchException("can't read " + file + ": " + e.getMessage());
    }
    if (accessKey == null || secret == null) {
      throw new BenchException(file + " names no access key and secret key");
    }
    return new BenchCredentials(accessKey, secret);
  }

  @Override
  public String toString() {
    return "Credentials[" + accessKey + "]";
  }
}
