package rondo.s3.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.head.VirtualHost;

/**
 * The resource that a request names: the service, a bucket, or an object in a bucket.
 *
 * @param bucket null for the service
 * @param key null for the service or a bucket; else 1 to 1,024 bytes of UTF-8
 */
public record ResourceAddress(@Nullable String bucket, @Nullable String key) {
  private static final int LONGEST_KEY_BYTES = 1024;

  /**
   * Reads path style ({@code /bucket/key}) and, under one of {@code domains}, virtual-hosted style
   * ({@code bucket.domain/key}).
   *
   * @param rawPath percent-encoded
   * @throws S3Exception InvalidURI, KeyTooLongError
   */
  public static ResourceAddress of(String rawPath, @Nullable String host, List<String> domains) {
    String hosted = VirtualHost.bucket(host, domains);
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    if (hosted != null) {
      return new ResourceAddress(hosted, key(path));
    }
    int slash = path.indexOf('/');
    return new ResourceAddress(
        bucket(rawPath, host, domains), slash < 0 ? null : key(path.substring(slash + 1)));
  }

  /**
   * The bucket alone, whatever the key may be.
   *
   * @return null for the service
   * @throws S3Exception InvalidURI
   */
  public static @Nullable String bucket(
      String rawPath, @Nullable String host, List<String> domains) {
    String hosted = VirtualHost.bucket(host, domains);
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    if (hosted != null || path.isEmpty()) {
      return hosted;
    }
    int slash = path.indexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    return QueryParameters.utf8(PercentCoding.decode(name, false));
  }

  /**
   * The address of a website's page: the bucket that the host names, and the path as the key.
   *
   * @return null when the host lies under none of the website domains
   * @throws S3Exception InvalidURI, KeyTooLongError
   */
  public static @Nullable ResourceAddress ofWebsite(
      String rawPath, @Nullable String host, List<String> domains) {
    String hosted = VirtualHost.bucket(host, domains);
    String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
    return hosted == null ? null : new ResourceAddress(hosted, key(path));
  }

  private static @Nullable String key(String raw) {
    if (raw.isEmpty()) {
      return null;
    }
    String key = QueryParameters.utf8(PercentCoding.decode(raw, false));
    checkKey(key);
    return key;
  }

  /**
   * Refuses a key that is too long.
   *
   * @throws S3Exception KeyTooLongError
   */
  public static void checkKey(String key) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_KEY_BYTES) {
      throw new S3Exception(
          S3Error.KEY_TOO_LONG,
          S3Error.KEY_TOO_LONG.message(),
          java.util.Map.of(
              "Size", Integer.toString(length),
              "MaxSizeAllowed", Integer.toString(LONGEST_KEY_BYTES)));
    }
  }
}
