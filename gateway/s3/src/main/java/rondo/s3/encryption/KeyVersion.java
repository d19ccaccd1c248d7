package rondo.s3.encryption;

import java.util.Comparator;

/**
 * One version of a master key.
 *
 * @param name the key's name
 * @param version the fingerprint in hexadecimal digits of a key in a file; {@code v3} and the like
 *     of a transit key of Vault
 */
public record KeyVersion(String name, String version) implements Comparable<KeyVersion> {
  private static final Comparator<KeyVersion> ORDER =
      Comparator.comparing(KeyVersion::name).thenComparing(KeyVersion::version);

  @Override
  public int compareTo(KeyVersion other) {
    return ORDER.compare(this, other);
  }
}
