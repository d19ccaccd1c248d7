package rondo.s3.website;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Website;
import rondo.s3.error.PercentCoding;
import rondo.s3.request.S3Request;

/**
 * Redirects requests for a website's keys by the first rule whose conditions hold ("Configuring
 * advanced conditional redirects", Amazon S3 user guide). Pure.
 */
final class RoutingRules {
  private RoutingRules() {}

  /**
   * An answer that redirects the browser.
   *
   * @param location a whole URL, or a path of the same website
   */
  record Redirection(int status, String location) {}

  /**
   * The redirection before the object is read, by rules without an error code.
   *
   * @param key the requested key; empty for the root
   * @return null when no rule holds
   */
  static @Nullable Redirection beforehand(Website website, S3Request request, String key) {
    return website.getRulesList().stream()
        .filter(rule -> !rule.hasErrorCodeEquals() && isAbout(rule, key))
        .findFirst()
        .map(rule -> to(rule, request, key))
        .orElse(null);
  }

  /** The redirection instead of an answer with that status; null when no rule holds. */
  static @Nullable Redirection afterError(
      Website website, S3Request request, String key, int status) {
    return website.getRulesList().stream()
        .filter(rule ->
            rule.getErrorCodeEquals().equals(Integer.toString(status)) && isAbout(rule, key))
        .findFirst()
        .map(rule -> to(rule, request, key))
        .orElse(null);
  }

  /** The redirection of a website that redirects all requests. */
  static Redirection everything(Website website, S3Request request, String key) {
    return new Redirection(301, url(website.getRedirectAll(), request, asked(key)));
  }

  /**
   * To a key of the same website, for now: whatever name and scheme the browser knows it by. Two
   * slashes at its beginning would name another host.
   */
  static Redirection within(String key) {
    boolean slash = key.startsWith("/");
    return new Redirection(302, slash ? "/%2F" + asked(key.substring(1)) : "/" + asked(key));
  }

  private static boolean isAbout(Website.Rule rule, String key) {
    return key.startsWith(rule.getKeyPrefixEquals());
  }

  private static Redirection to(Website.Rule rule, S3Request request, String key) {
    Website.Redirect redirect = rule.getRedirect();
    String target = asked(key);
    if (redirect.hasReplaceKeyWith()) {
      target = encoded(redirect.getReplaceKeyWith());
    } else if (redirect.hasReplaceKeyPrefixWith()) {
      int prefix = rule.getKeyPrefixEquals().length();
      target = encoded(redirect.getReplaceKeyPrefixWith()) + asked(key.substring(prefix));
    }
    String code = redirect.getCode();
    return new Redirection(
        code.isEmpty() ? 301 : Integer.parseInt(code), url(redirect, request, target));
  }

  private static String url(Website.Redirect redirect, S3Request request, String path) {
    String host = redirect.getHostName();
    String protocol = redirect.getProtocol();
    return (protocol.isEmpty() ? request.scheme() : protocol)
        + "://"
        + (host.isEmpty() ? Objects.requireNonNullElse(request.header("host"), "") : host)
        + "/"
        + path;
  }

  /** What a browser asked for is a path alone, whatever characters the key has. */
  private static String asked(String key) {
    return encoded(key).replace("?", "%3F").replace("#", "%23");
  }

  /** Encodes a key for a URL. A replacement may bring its own query or fragment, so these stay. */
  private static String encoded(String key) {
    var text = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      boolean stays = b > 0x20 && b < 0x7F && "\"<>\\^`{|}%".indexOf(b) < 0;
      text.append(stays ? String.valueOf((char) b) : PercentCoding.encode(new byte[] {b}, false));
    }
    return text.toString();
  }
}
