package rondo.server.backup.file;

/**
 * How an S3 endpoint is reached. Its text has no secret.
 *
 * @param endpoint its address, such as {@code https://s3.example.com:9000}; empty: AWS
 * @param region that requests are signed for; empty: {@code us-east-1}
 * @param accessKey of who owns the backups
 * @param sessionToken of temporary credentials; empty: none
 */
public record S3Access(
    String endpoint, String region, String accessKey, String secretKey, String sessionToken) {
  /** No access, for a folder. */
  public static final S3Access NONE = new S3Access("", "", "", "", "");

  @Override
  public String toString() {
    return "S3Access[%s %s %s]".formatted(endpoint, region, accessKey);
  }
}
