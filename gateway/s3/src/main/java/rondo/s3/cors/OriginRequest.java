package rondo.s3.cors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.SignedRequest;

/**
 * A request from a page of another origin, or its preflight.
 *
 * @param name of the origin
 * @param method that the page uses, or that its preflight asks for
 * @param headers that its preflight asks for, in lower case
 */
record OriginRequest(String name, String method, List<String> headers) {
  static final String ORIGIN = "Origin";
  static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";

  /** Reads the headers; null when the request has no Origin. */
  static @Nullable OriginRequest of(SignedRequest request) {
    String name = request.header(ORIGIN);
    String method = request.header(METHOD);
    return name == null
        ? null
        : new OriginRequest(name, method == null ? request.method() : method, headers(request));
  }

  private static List<String> headers(SignedRequest request) {
    var names = new ArrayList<String>();
    for (Map.Entry<String, String> header : request.headers()) {
      if (header.getKey().equalsIgnoreCase(HEADERS)) {
        for (String name : header.getValue().split(",", -1)) {
          names.add(name.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    names.removeIf(String::isEmpty);
    return names;
  }
}
