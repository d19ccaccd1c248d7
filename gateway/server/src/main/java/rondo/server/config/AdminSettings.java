package rondo.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is administered.
 *
 * @param health where health and metrics alone answer as well, over plain HTTP; null for nowhere
 * @param certificate of HTTPS, with {@code key}; null for plain HTTP, on this machine alone
 */
public record AdminSettings(
    HostPort listen, @Nullable HostPort health, @Nullable Path certificate, @Nullable Path key) {

  /**
   * @throws IllegalArgumentException when the API would be served over plain HTTP to others
   */
  public AdminSettings {
    if (certificate == null && !listen.isLoopback()) {
      throw new IllegalArgumentException(
          "--admin-listen %s: others reach the admin API over TLS alone. Give it a certificate by"
                  .formatted(listen)
              + " --admin-tls-cert and --admin-tls-key (or S3's by --tls-cert and --tls-key), or"
              + " listen on 127.0.0.1; --health-listen shows others health and metrics");
    }
  }
}
