package rondo.server.console;

import org.jspecify.annotations.Nullable;
import rondo.s3.auth.SignedRequest;

/**
 * The cookie that carries a session's name. Cookies don't know of ports, so its name does: nodes of
 * one machine have a cookie each. Over TLS the prefix {@code __Host-} has browsers take it from
 * this host alone (RFC 6265bis, section 4.1.3). Immutable.
 *
 * @param port of the console
 * @param secure whether the console is served over TLS
 */
record SessionCookie(int port, boolean secure) {
  private String name() {
    return (secure ? "__Host-" : "") + "rondo-console-" + port;
  }

  /** The session's name in a request; null when it has none, or more than one. */
  @Nullable String read(SignedRequest request) {
    String found = null;
    String header = request.header("cookie");
    for (String pair : (header == null ? "" : header).split("[;,]", -1)) {
      String text = pair.strip();
      if (text.startsWith(name() + "=")) {
        if (found != null) {
          return null;
        }
        found = text.substring(name().length() + 1);
      }
    }
    return found;
  }

  /** The header line that gives a browser its session. It lives as long as the browser does. */
  String set(String session) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
        .formatted(name(), session, secure ? "; Secure" : "");
  }

  /** The header line that takes it away. */
  String clear() {
    return set("") + "; Max-Age=0";
  }
}
