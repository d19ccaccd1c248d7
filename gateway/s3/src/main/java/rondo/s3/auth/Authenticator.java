package rondo.s3.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import rondo.ring.value.Bytes;
import rondo.s3.error.Difference;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.head.SingleHeaders;

/**
 * Identifies the sender of a request by its signature ("Authenticating Requests (AWS Signature
 * Version 4)", Amazon S3 API reference). A function of the request, the keys and the time.
 * Thread-safe.
 */
public final class Authenticator {
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private final AuthSettings settings;
  private final AccessKeyLookup keys;
  private final SignatureClaimReader claims;
  private final SigningKeyCache signingKeys = new SigningKeyCache();

  public Authenticator(AuthSettings settings, AccessKeyLookup keys) {
    this.settings = settings;
    this.keys = keys;
    this.claims = new SignatureClaimReader(settings);
  }

  /**
   * Verifies the signature. A bad request never causes an exception, but {@link
   * SenderVerdict.Rejected}.
   */
  public SenderVerdict verify(SignedRequest request, Instant now) {
    try {
      return judge(request, now);
    } catch (S3Exception e) {
      return new SenderVerdict.Rejected(e.error(), e.message(), e.details());
    }
  }

  private SenderVerdict judge(SignedRequest request, Instant now) {
    SingleHeaders.check(request.headers(), request.rawQuery());
    String header = request.header("authorization");
    boolean query4 = SignatureClaimReader.inQuery(request.rawQuery());
    boolean query2 = SignatureVersion2.inQuery(request.rawQuery());
    if ((header != null ? 1 : 0) + (query4 ? 1 : 0) + (query2 ? 1 : 0) > 1) {
      throw argument(
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
              + " query string parameter or the Authorization header should be specified",
          Objects.requireNonNullElse(header, ""));
    }
    if (query4) {
      return verify(request, claims.query(request), now);
    }
    if (query2) {
      return version2(request, now);
    }
    return header == null
        ? new SenderVerdict.Anonymous(PayloadHeader.unauthenticated(request))
        : header(request, header.strip(), now);
  }

  private SenderVerdict header(SignedRequest request, String authorization, Instant now) {
    if (authorization.startsWith(SignatureClaim.ALGORITHM + " ")) {
      return verify(request, claims.header(request, authorization), now);
    }
    if (authorization.startsWith("AWS ")) {
      return version2(request, now);
    }
    if (authorization.isEmpty()) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    throw argument("Unsupported Authorization Type", authorization);
  }

  private SenderVerdict version2(SignedRequest request, Instant now) {
    if (!Difference.SIGNATURE_VERSION_2.in(settings.compat())) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The authorization mechanism you have provided is not supported. Please use"
              + " AWS4-HMAC-SHA256.");
    }
    return new SignatureVersion2(keys, settings.domains()).verify(request, now);
  }

  private SenderVerdict verify(SignedRequest request, SignatureClaim claim, Instant now) {
    checkTime(claim, now);
    String payload = PayloadHeader.text(request, claim.isPresigned());
    PayloadMode mode = PayloadHeader.mode(payload);
    checkSigned(request, claim);
    checkNoToken(request);
    CredentialScope credential = claim.credential();
    Identity identity = find(keys, credential.accessKey());
    Bytes key = signingKeys.key(identity.secret(), credential);
    var canonical = CanonicalRequest.of(request, claim.signedHeaders(), payload);
    String toSign = canonical.toSign(claim.timestamp(), credential.scope());
    String expected = Hashes.hmacSha256Hex(key.array(), toSign);
    if (!Hashes.same(expected, claim.signature())) {
      throw mismatch(claim, toSign, canonical);
    }
    var signing = new SigningContext(key, claim.timestamp(), credential.scope(), claim.signature());
    return new SenderVerdict.Verified(identity, mode, signing);
  }

  static Identity find(AccessKeyLookup keys, String accessKey) {
    Identity identity = keys.find(accessKey);
    if (identity == null) {
      throw new S3Exception(
          S3Error.INVALID_ACCESS_KEY_ID,
          S3Error.INVALID_ACCESS_KEY_ID.message(),
          Map.of("AWSAccessKeyId", accessKey));
    }
    return identity;
  }

  private static void checkTime(SignatureClaim claim, Instant now) {
    Duration lifetime = claim.lifetime();
    if (lifetime == null) {
      checkSkew(claim.time(), now);
      return;
    }
    Instant expires = claim.time().plus(lifetime);
    if (claim.time().isAfter(now.plus(MAX_SKEW))) {
      throw new S3Exception(S3Error.ACCESS_DENIED, "Request is not yet valid");
    }
    if (now.isAfter(expires)) {
      var details = new LinkedHashMap<String, String>();
      details.put("X-Amz-Expires", Long.toString(lifetime.toSeconds()));
      details.put("Expires", expires.toString());
      details.put("ServerTime", now.toString());
      throw new S3Exception(S3Error.ACCESS_DENIED, "Request has expired", details);
    }
  }

  static void checkSkew(Instant time, Instant now) {
    if (Duration.between(time, now).abs().compareTo(MAX_SKEW) > 0) {
      var details = new LinkedHashMap<String, String>();
      details.put("RequestTime", SigningTime.basic(time));
      details.put("ServerTime", now.toString());
      details.put("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()));
      throw new S3Exception(
          S3Error.REQUEST_TIME_TOO_SKEWED, S3Error.REQUEST_TIME_TOO_SKEWED.message(), details);
    }
  }

  /**
   * A header that S3 acts upon and nobody signed could have been added on the way. The hash of a
   * presigned request's body is part of what is signed, wherever it stands.
   */
  private static void checkSigned(SignedRequest request, SignatureClaim claim) {
    var missing = new TreeSet<String>();
    List<String> signed = claim.signedHeaders();
    if (!signed.contains("host")) {
      missing.add("host");
    }
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean covered =
          signed.contains(name) || (claim.isPresigned() && name.equals(PayloadHeader.HEADER));
      if (name.startsWith("x-amz-") && !covered) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED,
          "There were headers present in the request which were not signed",
          Map.of("HeadersNotSigned", String.join(", ", missing)));
    }
  }

  /** Refuses every security token: there are no temporary credentials yet. */
  private static void checkNoToken(SignedRequest request) {
    if (request.header("x-amz-security-token") != null
        || PercentCoding.parameter(request.rawQuery(), "X-Amz-Security-Token").isPresent()) {
      throw new S3Exception(S3Error.INVALID_TOKEN);
    }
  }

  private static S3Exception mismatch(
      SignatureClaim claim, String toSign, CanonicalRequest canonical) {
    var details = new LinkedHashMap<String, String>();
    details.put("AWSAccessKeyId", claim.credential().accessKey());
    details.put("StringToSign", toSign);
    details.put("SignatureProvided", claim.signature());
    details.put("StringToSignBytes", Hashes.spacedHex(toSign));
    String shown = CustomerKeyHeaders.hide(canonical.text());
    details.put("CanonicalRequest", shown);
    details.put("CanonicalRequestBytes", Hashes.spacedHex(shown));
    return new S3Exception(
        S3Error.SIGNATURE_DOES_NOT_MATCH, S3Error.SIGNATURE_DOES_NOT_MATCH.message(), details);
  }

  static S3Exception argument(String message, String authorization) {
    var details = new LinkedHashMap<String, String>();
    details.put("ArgumentName", "Authorization");
    details.put("ArgumentValue", authorization);
    return new S3Exception(S3Error.INVALID_ARGUMENT, message, details);
  }
}
