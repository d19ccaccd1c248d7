package rondo.s3.framing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** Judges the framing of a request by its head (RFC 9112, sections 2.3, 3.2, 6.1 and 6.3). Pure. */
final class RequestFraming {
  private RequestFraming() {}

  /**
   * The refusal of a head that two readers could take differently; null: there is no doubt.
   *
   * @param lines of the head, as they came
   */
  static @Nullable S3Exception refusal(HttpRequest request, HeadLines lines) {
    HttpHeaders headers = request.headers();
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    boolean version11 = HttpVersion.HTTP_1_1.equals(request.protocolVersion());
    if (lines.folded()) {
      return refused("A header is folded into a second line.");
    }
    if (!version11 && !HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
      return refused("This server speaks HTTP/1.1.");
    }
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && version11)) {
      return refused("A request has one Host header.");
    }
    if (lines.lengths() > 1 || (!lengths.isEmpty() && !isLength(lengths.getFirst()))) {
      return refused("A request has at most one Content-Length, which is a number.");
    }
    if (codings.isEmpty()) {
      return null;
    }
    if (!version11 || !lengths.isEmpty() || codings.size() > 1) {
      return refused("Transfer-Encoding stands alone, in a request of HTTP/1.1.");
    }
    return codings.getFirst().equalsIgnoreCase("chunked")
        ? null
        : S3Exception.notImplemented("Transfer-Encoding");
  }

  /**
   * Whether the connection serves no request after this one even if it is well framed: a proxy may
   * see the end of a chunked body elsewhere, and takes what follows CONNECT for another protocol.
   */
  static boolean isLast(HttpRequest request) {
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || request.method().equals(HttpMethod.CONNECT);
  }

  private static boolean isLength(String length) {
    return !length.isEmpty() && length.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static S3Exception refused(String why) {
    return new S3Exception(S3Error.INVALID_REQUEST, why);
  }
}
