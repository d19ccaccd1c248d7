package rondo.s3.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rondo.ring.value.Bytes;
import rondo.s3.error.PercentCoding;

/**
 * Signs requests with version 4 as a client does, the counterpart of {@link Authenticator}.
 * Thread-safe.
 */
public final class RequestSigner {
  /** Stands for a body that no signature covers. */
  public static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private final String accessKey;
  private final String secret;
  private final String region;
  private final String service;
  private final SigningKeyCache keys = new SigningKeyCache();

  /** A signer of requests to S3. */
  public RequestSigner(String accessKey, String secret, String region) {
    this(accessKey, secret, region, AuthSettings.S3);
  }

  /**
   * @param service that the requests are for, such as {@link AuthSettings#ADMIN}
   */
  public RequestSigner(String accessKey, String secret, String region, String service) {
    this.accessKey = accessKey;
    this.secret = secret;
    this.region = region;
    this.service = service;
  }

  /**
   * The headers to send: those of {@code request} and the signature's own.
   *
   * @param request with {@code host}; all its headers are signed
   * @param payload the body's SHA-256 in hex, or {@link #UNSIGNED_PAYLOAD}
   */
  public List<Map.Entry<String, String>> sign(SignedRequest request, String payload, Instant now) {
    String timestamp = SigningTime.basic(now);
    var headers = new ArrayList<>(request.headers());
    headers.add(Map.entry("x-amz-content-sha256", payload));
    headers.add(Map.entry("x-amz-date", timestamp));
    var full = new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers);
    List<String> names = names(headers);
    CredentialScope credential = credential(timestamp);
    String signature = signature(full, names, payload, timestamp, credential);
    headers.add(
        Map.entry(
            "authorization",
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    SignatureClaim.ALGORITHM,
                    accessKey,
                    credential.scope(),
                    String.join(";", names),
                    signature)));
    return headers;
  }

  /**
   * The query of a link that is good for one GET of {@code rawPath}, percent-encoded.
   *
   * @param host the host and port that the link names
   * @param rawQuery parameters to sign with it, percent-encoded; empty for none
   * @param lifetime 1 second to 7 days
   */
  public String presign(
      String host, String rawPath, String rawQuery, Duration lifetime, Instant now) {
    String timestamp = SigningTime.basic(now);
    CredentialScope credential = credential(timestamp);
    String scope = accessKey + "/" + credential.scope();
    String query =
        "%s%sX-Amz-Algorithm=%s&X-Amz-Credential=%s&X-Amz-Date=%s&X-Amz-Expires=%d&X-Amz-SignedHeaders=host"
            .formatted(
                rawQuery,
                rawQuery.isEmpty() ? "" : "&",
                SignatureClaim.ALGORITHM,
                PercentCoding.encode(scope.getBytes(StandardCharsets.UTF_8), false),
                timestamp,
                lifetime.toSeconds());
    var request = new SignedRequest("GET", rawPath, query, List.of(Map.entry("host", host)));
    String signature = signature(request, List.of("host"), UNSIGNED_PAYLOAD, timestamp, credential);
    return query + "&X-Amz-Signature=" + signature;
  }

  private String signature(
      SignedRequest request,
      List<String> names,
      String payload,
      String timestamp,
      CredentialScope credential) {
    Bytes key = keys.key(secret, credential);
    String toSign =
        CanonicalRequest.of(request, names, payload).toSign(timestamp, credential.scope());
    return Hashes.hmacSha256Hex(key.array(), toSign);
  }

  private CredentialScope credential(String timestamp) {
    return new CredentialScope(accessKey, timestamp.substring(0, 8), region, service);
  }

  private static List<String> names(List<Map.Entry<String, String>> headers) {
    return headers.stream()
        .map(header -> header.getKey().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .toList();
  }
}
