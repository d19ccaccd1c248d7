package rondo.s3.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.proxy.TrustedProxies;
import rondo.s3.request.ClientConnection;

/** Reads a request's head without normalizing it, as its signature covers it. Pure. */
final class RequestHeadReader {
  private RequestHeadReader() {}

  /**
   * @throws S3Exception InvalidURI
   */
  static SignedRequest read(HttpServerRequest request) {
    String uri = target(request.uri());
    if (uri == null) {
      throw new S3Exception(S3Error.INVALID_URI);
    }
    int mark = uri.indexOf('?');
    String query = mark < 0 ? "" : uri.substring(mark + 1);
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.add(Map.entry(header.getKey(), header.getValue()));
    }
    return new SignedRequest(request.method().name(), path(request), query, headers);
  }

  /** The client of a request, as far as its connection and trusted proxies tell. */
  static ClientConnection client(HttpServerRequest request, TrustedProxies proxies) {
    SocketAddress address = request.remoteAddress();
    SSLSession session = request.sslSession();
    return proxies.client(
        Objects.requireNonNullElse(address.hostAddress(), ""),
        session == null ? null : session.getProtocol(),
        name -> request.headers().getAll(name));
  }

  /** The path, percent-encoded; "/" for a target that has none, so that its refusal can say so. */
  static String path(HttpServerRequest request) {
    String uri = target(request.uri());
    if (uri == null) {
      return "/";
    }
    int mark = uri.indexOf('?');
    return mark < 0 ? uri : uri.substring(0, mark);
  }

  /** Path and query of the request line's target, which may be an absolute URI; null: no path. */
  private static @Nullable String target(String uri) {
    String target = uri;
    if (uri.regionMatches(true, 0, "http://", 0, 7)
        || uri.regionMatches(true, 0, "https://", 0, 8)) {
      int slash = uri.indexOf('/', 8);
      target = slash < 0 ? "/" : uri.substring(slash);
    }
    return target.startsWith("/") ? escapeBytes(target) : null;
  }

  /** Percent-encodes bytes that some clients send though a URI can't have them. */
  private static String escapeBytes(String target) {
    if (target.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      return target;
    }
    var escaped = new StringBuilder(target.length() + 16);
    for (byte b : target.getBytes(StandardCharsets.ISO_8859_1)) {
      if (b > 0x20 && b < 0x7F) {
        escaped.append((char) b);
      } else {
        escaped.append(PercentCoding.encode(new byte[] {b}, false));
      }
    }
    return escaped.toString();
  }
}
