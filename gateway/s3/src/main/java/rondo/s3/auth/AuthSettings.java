package rondo.s3.auth;

import java.util.List;

/**
 * The settings by which signatures are verified.
 *
 * @param region the region that scopes must name
 * @param compat whether profile {@code compat} is in use: it accepts signature version 2, and
 *     refuses a presigned URL whose lifetime is out of range by AccessDenied, as older services do
 * @param domains whose subdomains are buckets: version 2 signs the bucket, not the host
 */
public record AuthSettings(String region, boolean compat, List<String> domains) {
  /** Settings of a server that knows no virtual hosts. */
  public AuthSettings(String region, boolean compat) {
    this(region, compat, List.of());
  }
}
