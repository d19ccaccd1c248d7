package rondo.server.console;

import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;

/**
 * The headers that keep a browser from doing more with an answer than the console means. Pages take
 * scripts, styles and pictures from the console alone, nothing stands inline, texts never become
 * markup (trusted types), and no other page frames them. Objects, which anyone may have written,
 * run nothing.
 */
final class ConsoleHeaders {
  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
          + " connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
          + " trusted-types 'none'";

  private static final String OBJECT = "default-src 'none'; frame-ancestors 'self'";

  private ConsoleHeaders() {}

  static void ofPage(HttpServerResponse response) {
    all(response);
    response.putHeader("Content-Security-Policy", PAGE).putHeader("X-Frame-Options", "DENY");
  }

  /**
   * Puts an object into a sandbox. A PDF isn't, since browsers show none there; what shows it has
   * no part in the console's origin.
   */
  static void ofObject(HttpServerResponse response) {
    all(response);
    String type = Objects.requireNonNullElse(response.headers().get("Content-Type"), "");
    response
        .putHeader(
            "Content-Security-Policy",
            type.equals("application/pdf") ? OBJECT : OBJECT + "; sandbox")
        .putHeader("X-Frame-Options", "SAMEORIGIN")
        .putHeader("Cache-Control", "no-store");
  }

  private static void all(HttpServerResponse response) {
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  }
}
