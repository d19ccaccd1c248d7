package rondo.s3.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rondo.s3.error.PercentCoding;

/**
 * The text of a request that signature version 4 covers, in S3's form: the path encoded once and
 * not normalised, the query sorted, headers in lower case with white space trimmed and folded.
 *
 * @param text one character per byte (ISO 8859-1)
 */
record CanonicalRequest(String text) {
  private static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  /**
   * The canonical form of a request.
   *
   * @param signedHeaders in lower case, in the order of the claim
   * @param payload the body's hash, or the word that stands for it in {@code x-amz-content-sha256}
   */
  static CanonicalRequest of(SignedRequest request, List<String> signedHeaders, String payload) {
    var headers = new StringBuilder();
    for (String name : signedHeaders) {
      headers.append(name).append(':').append(value(request, name)).append('\n');
    }
    return new CanonicalRequest(
        String.join(
            "\n",
            request.method(),
            PercentCoding.canonicalPath(request.rawPath()),
            query(request.rawQuery()),
            headers,
            String.join(";", signedHeaders),
            payload));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The string to sign: the algorithm, the time, the scope and this request's hash. */
  String toSign(String timestamp, String scope) {
    return String.join("\n", SignatureClaim.ALGORITHM, timestamp, scope, Hashes.sha256Hex(bytes()));
  }

  private static String query(String rawQuery) {
    return PercentCoding.canonicalParameters(rawQuery).stream()
        .filter(parameter -> !parameter.getKey().equals(SIGNATURE_PARAMETER))
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String value(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .map(CanonicalRequest::folded)
        .collect(Collectors.joining(","));
  }

  private static String folded(String value) {
    var out = new StringBuilder(value.length());
    boolean space = false;
    for (char c : value.strip().toCharArray()) {
      boolean isSpace = c == ' ' || c == '\t';
      if (!isSpace) {
        out.append(c);
      } else if (!space) {
        out.append(' ');
      }
      space = isSpace;
    }
    return out.toString();
  }
}
