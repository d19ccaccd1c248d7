package rondo.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a node serves the console, under S3's certificate.
 *
 * @param certificate with {@code key}; null for plain HTTP, on this machine alone
 * @param publicStatus whether anyone may see whether all is well
 */
public record ConsoleSettings(
    HostPort listen, @Nullable Path certificate, @Nullable Path key, boolean publicStatus) {
  /** The word for no console. */
  public static final String NONE = "none";

  /**
   * @throws IllegalArgumentException when keys would be typed into a page over plain HTTP
   */
  public ConsoleSettings {
    if (certificate == null && !listen.isLoopback()) {
      throw new IllegalArgumentException(
          "--console-listen %s: others reach the console over TLS alone. Give S3 a certificate by"
                  .formatted(listen)
              + " --tls-cert and --tls-key, or listen on 127.0.0.1");
    }
  }
}
