package rondo.server.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import rondo.s3.auth.Identity;
import rondo.s3.auth.RequestSigner;
import rondo.s3.error.PercentCoding;
import tools.jackson.databind.JsonNode;

/**
 * Signs links to objects, with the key of the session. A link gives its holder what the key may do
 * when the link is used, until it runs out or the key is removed. Thread-safe.
 *
 * @param secure whether S3 is served over TLS
 * @param port of S3
 */
public record ShareLinks(String region, boolean secure, int port) {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d+)?");
  private static final Pattern DOTS = Pattern.compile("\\.{1,2}");
  private static final Duration LONGEST = Duration.ofDays(7);

  /**
   * A link, and when it runs out.
   *
   * @param host by which the browser reached the console; S3 has it too, at its own port
   * @param body {@code {"bucket": ..., "key": ..., "versionId": ..., "seconds": ...}}
   * @throws IllegalArgumentException with a message in one line
   */
  Map<String, Object> sign(Identity identity, String host, JsonNode body, Instant now) {
    Duration lifetime = Duration.ofSeconds(body.path("seconds").asLong(0));
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a link lasts for 1 second to 7 days");
    }
    String bucket = body.path("bucket").asString("");
    String key = body.path("key").asString("");
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("a link needs a bucket and a key");
    }
    var matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("the request names no host");
    }
    String endpoint = matcher.group(1) + ":" + port;
    String path = "/" + encode(bucket, false) + "/" + path(key);
    String version = body.path("versionId").asString("");
    String query = version.isEmpty() ? "" : "versionId=" + encode(version, false);
    var signer = new RequestSigner(identity.accessKey(), identity.secret(), region);
    String signed = signer.presign(endpoint, path, query, lifetime, now);
    return Map.of(
        "url",
        (secure ? "https://" : "http://") + endpoint + path + "?" + signed,
        "expires",
        now.plus(lifetime).toString());
  }

  /**
   * The path of a key. Browsers take a segment {@code ..} for a step up, so that the slashes of a
   * key that has one are encoded: then the path has none.
   */
  private static String path(String key) {
    if (DOTS.matcher(key).matches()) {
      throw new IllegalArgumentException("no link can name this key: a browser reads it as a step");
    }
    return encode(key, !("/" + key + "/").matches("(?s).*/\\.{1,2}/.*"));
  }

  private static String encode(String text, boolean key) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), key);
  }
}
