package rondo.s3.auth;

import java.util.List;

/**
 * The settings by which signatures are verified.
 *
 * @param region the region that scopes must name
 * @param compat whether profile {@code compat} is in use: it accepts signature version 2, and
 *     refuses a presigned URL whose lifetime is out of range by AccessDenied, as older services do
 * @param service that scopes must name
 * @param domains whose subdomains are buckets: version 2 signs the bucket, not the host
 */
public record AuthSettings(String region, boolean compat, String service, List<String> domains) {
  /** The service of S3. */
  public static final String S3 = "s3";

  /** The service of the admin API, so that no signature for S3 counts there, and none back. */
  public static final String ADMIN = "rondo";

  /** Settings of S3 without virtual hosts. */
  public AuthSettings(String region, boolean compat) {
    this(region, compat, S3, List.of());
  }

  /** Settings of the admin API. */
  public static AuthSettings ofAdmin(String region) {
    return new AuthSettings(region, false, ADMIN, List.of());
  }
}
