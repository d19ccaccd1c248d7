package rondo.server.cli.alias;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rondo.server.config.HostPort;

/**
 * A name for a node's admin port and for the credentials that go with it.
 *
 * @param tls whether the port is asked over TLS
 * @param credentials the file of access key and secret; the alias holds no secret itself
 * @param ca the certificates that vouch for the node's; null for those that Java trusts
 */
public record Alias(String name, HostPort admin, boolean tls, Path credentials, @Nullable Path ca) {
  private static final String CLEAR = "http://";
  private static final String TLS = "https://";

  /**
   * Reads an alias from what a person says.
   *
   * @param url {@code http://HOST:PORT}, {@code https://HOST:PORT} or {@code HOST:PORT}, which
   *     means HTTP for this machine and HTTPS for others
   * @throws IllegalArgumentException saying what is malformed
   */
  static Alias of(String name, String url, Path credentials, @Nullable Path ca) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name for an alias: 1 to 64 letters, digits, - and _");
    }
    String lower = url.toLowerCase(Locale.ROOT);
    boolean clear = lower.startsWith(CLEAR);
    String rest =
        clear
            ? url.substring(CLEAR.length())
            : lower.startsWith(TLS) ? url.substring(TLS.length()) : url;
    HostPort admin =
        HostPort.parse(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
    if (clear && (!admin.isLoopback() || ca != null)) {
      throw new IllegalArgumentException(
          "http:// is for an admin port of this machine: a node of another one is asked by"
              + " https://");
    }
    boolean tls = lower.startsWith(TLS) || ca != null || !admin.isLoopback();
    return new Alias(name, admin, tls, credentials, ca);
  }

  /** The address as a person would write it. */
  String url() {
    return (tls ? TLS : CLEAR) + admin;
  }
}
