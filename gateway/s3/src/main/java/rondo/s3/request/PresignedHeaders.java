package rondo.s3.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import rondo.s3.auth.SignedRequest;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.error.S3Exception;

/**
 * Signed parameters of a presigned URL that stand for headers: SDKs put into the query what they
 * would else have to tell their callers to send. Pure.
 */
final class PresignedHeaders {
  private static final String AMAZON = "x-amz-";

  /** What the signature itself is made of. */
  private static final Set<String> OF_SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-content-sha256",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders");

  /** Headers of HTTP that S3 acts upon. */
  private static final Set<String> OF_HTTP =
      Set.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "content-type",
          "expires",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "range");

  /** What the name of a header consists of (RFC 9110, section 5.6.2). */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private PresignedHeaders() {}

  /**
   * The request with those parameters among its headers.
   *
   * @throws S3Exception InvalidArgument where a header says something else, or none could say it
   */
  static SignedRequest of(SignedRequest wire, QueryParameters query) {
    var lifted = new ArrayList<Map.Entry<String, String>>();
    for (String name : query.names()) {
      String header = name.toLowerCase(Locale.ROOT);
      if (isHeader(header) && !isOfBody(header, wire.method(), query)) {
        if (!TOKEN.matcher(header).matches()) {
          throw S3Exception.argument("name", name, "No header can have this name.");
        }
        query.values(name).forEach(value -> lifted.add(Map.entry(header, text(name, value))));
      }
    }
    if (lifted.isEmpty()) {
      return wire;
    }
    checkKeys(wire, lifted);
    var parameters = with(wire, List.copyOf(lifted));
    lifted.removeIf(parameter -> wire.header(parameter.getKey()) != null);
    for (Map.Entry<String, String> header : wire.headers()) {
      String other = parameters.header(header.getKey());
      if (other != null && !other.equals(wire.header(header.getKey()))) {
        throw S3Exception.argument(
            header.getKey().toLowerCase(Locale.ROOT),
            "",
            "The header and the signed query parameter of that name differ.");
      }
    }
    var headers = new ArrayList<>(wire.headers());
    headers.addAll(lifted);
    return with(wire, headers);
  }

  /** A customer's key that stands in a URL alone would stand in every log that has the URL. */
  private static void checkKeys(SignedRequest wire, List<Map.Entry<String, String>> lifted) {
    for (Map.Entry<String, String> parameter : lifted) {
      String name = parameter.getKey();
      if (name.contains("server-side-encryption-customer-") && wire.header(name) == null) {
        throw S3Exception.argument(name, "", "A customer's key is sent in headers alone.");
      }
    }
  }

  private static SignedRequest with(SignedRequest wire, List<Map.Entry<String, String>> headers) {
    return new SignedRequest(wire.method(), wire.rawPath(), wire.rawQuery(), headers);
  }

  private static boolean isHeader(String name) {
    return OF_HTTP.contains(name) || (name.startsWith(AMAZON) && !OF_SIGNATURE.contains(name));
  }

  /**
   * SDKs sign a checksum of the empty body, since they don't know yet what will be sent: S3 passes
   * over it. The one of a completed upload is the object's.
   */
  private static boolean isOfBody(String name, String method, QueryParameters query) {
    boolean completes = method.equals("POST") && query.has("uploadId");
    return !completes
        && (ChecksumAlgorithm.ofHeader(name) != null
            || name.equals("x-amz-sdk-checksum-algorithm"));
  }

  /** Headers have one character per byte. */
  private static String text(String name, String value) {
    if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F)) {
      throw S3Exception.argument(name, value, "No header can have this value.");
    }
    return new String(value.strip().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
