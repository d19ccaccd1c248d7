package rondo.s3.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import rondo.ring.value.Bytes;
import rondo.s3.error.PercentCoding;

/** Presigns requests as a client does, the counterpart of {@link Authenticator}. */
public record PresignedUrl(String accessKey, String secret, String region, String service) {
  /** For S3. */
  public PresignedUrl(String accessKey, String secret, String region) {
    this(accessKey, secret, region, AuthSettings.S3);
  }

  /**
   * The query of a presigned URL.
   *
   * @param request with its own query, and with the headers that the URL's user must send
   */
  public String query(SignedRequest request, Duration lifetime, Instant now) {
    String timestamp = SigningTime.basic(now);
    var credential = new CredentialScope(accessKey, timestamp.substring(0, 8), region, service);
    List<String> names =
        request.headers().stream()
            .map(header -> header.getKey().toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();
    String query =
        (request.rawQuery().isEmpty() ? "" : request.rawQuery() + "&")
            + "X-Amz-Algorithm="
            + SignatureClaim.ALGORITHM
            + "&X-Amz-Credential="
            + encode(accessKey + "/" + credential.scope())
            + "&X-Amz-Date="
            + timestamp
            + "&X-Amz-Expires="
            + lifetime.toSeconds()
            + "&X-Amz-SignedHeaders="
            + encode(String.join(";", names));
    var full = new SignedRequest(request.method(), request.rawPath(), query, request.headers());
    String toSign =
        CanonicalRequest.of(full, names, RequestSigner.UNSIGNED_PAYLOAD)
            .toSign(timestamp, credential.scope());
    Bytes key = new SigningKeyCache().key(secret, credential);
    return query + "&X-Amz-Signature=" + Hashes.hmacSha256Hex(key.array(), toSign);
  }

  private static String encode(String text) {
    return PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
