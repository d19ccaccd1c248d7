package rondo.s3.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rondo.ring.value.Bytes;

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
  private final SigningKeyCache keys = new SigningKeyCache();

  public RequestSigner(String accessKey, String secret, String region) {
    this.accessKey = accessKey;
    this.secret = secret;
    this.region = region;
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
    return new CredentialScope(accessKey, timestamp.substring(0, 8), region, "s3");
  }

  private static List<String> names(List<Map.Entry<String, String>> headers) {
    return headers.stream()
        .map(header -> header.getKey().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .toList();
  }
}
