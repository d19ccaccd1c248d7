package rondo.s3.auth;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import rondo.s3.error.Difference;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** Reads a version 4 signature from the header or the query, with S3's error messages. */
final class SignatureClaimReader {
  private static final String MALFORMED_HEADER = "The authorization header is malformed; ";
  private static final String EXPECTED_CREDENTIAL =
      "the Credential is mal-formed; expecting"
          + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
  private static final BigInteger MAX_LIFETIME_SECONDS = BigInteger.valueOf(604_800);

  private final String region;
  private final String service;
  private final boolean compat;

  SignatureClaimReader(AuthSettings settings) {
    this.region = settings.region();
    this.service = settings.service();
    this.compat = settings.compat();
  }

  SignatureClaim header(SignedRequest request, String authorization) {
    Map<String, String> fields = fields(authorization.substring(SignatureClaim.ALGORITHM.length()));
    String credentialText = fields.get("Credential");
    String signedHeaders = fields.get("SignedHeaders");
    String signature = fields.get("Signature");
    if (credentialText == null || signedHeaders == null || signature == null) {
      throw malformed(
          "the authorization header requires three components: Credential, SignedHeaders, and"
              + " Signature.");
    }
    CredentialScope credential = CredentialScope.parse(credentialText);
    if (credential == null) {
      throw malformed(EXPECTED_CREDENTIAL);
    }
    checkScope(credential, S3Error.AUTHORIZATION_HEADER_MALFORMED, MALFORMED_HEADER);
    Instant time = time(request);
    String timestamp = SigningTime.basic(time);
    if (!timestamp.startsWith(credential.day())) {
      throw malformed(
          "Invalid credential date \"%s\". This date is not the same as X-Amz-Date: \"%s\"."
              .formatted(credential.day(), timestamp.substring(0, 8)));
    }
    return new SignatureClaim(credential, names(signedHeaders), signature, time, timestamp, null);
  }

  private static Map<String, String> fields(String text) {
    var fields = new HashMap<String, String>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals).strip(), field.substring(equals + 1).strip());
      }
    }
    return fields;
  }

  static Instant time(SignedRequest request) {
    String date = request.header("x-amz-date");
    String text = date != null ? date : request.header("date");
    Instant time = text == null ? null : SigningTime.parseAny(text.strip());
    if (time == null) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header");
    }
    return time;
  }

  SignatureClaim query(SignedRequest request) {
    String query = request.rawQuery();
    if (!required(query, "X-Amz-Algorithm").equals(SignatureClaim.ALGORITHM)) {
      throw badQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    }
    CredentialScope credential = CredentialScope.parse(required(query, "X-Amz-Credential"));
    if (credential == null) {
      throw badQuery("Error parsing the X-Amz-Credential parameter; " + EXPECTED_CREDENTIAL);
    }
    checkScope(
        credential,
        S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
        "Error parsing the X-Amz-Credential parameter; ");
    String timestamp = required(query, "X-Amz-Date");
    Instant time = SigningTime.parseBasic(timestamp);
    if (time == null) {
      throw badQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    if (!timestamp.startsWith(credential.day())) {
      throw badQuery(
          "Invalid credential date \"%s\". This date is not the same as X-Amz-Date: \"%s\"."
              .formatted(credential.day(), timestamp.substring(0, 8)));
    }
    Duration lifetime = lifetime(required(query, "X-Amz-Expires"));
    List<String> signedHeaders = names(required(query, "X-Amz-SignedHeaders"));
    String signature = required(query, "X-Amz-Signature");
    return new SignatureClaim(credential, signedHeaders, signature, time, timestamp, lifetime);
  }

  private static String required(String query, String name) {
    Optional<String> value = PercentCoding.parameter(query, name);
    return value.orElseThrow(() ->
        badQuery(
            "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and"
                + " X-Amz-Expires parameters."));
  }

  private Duration lifetime(String text) {
    if (!text.matches("-?[0-9]+")) {
      throw badQuery("X-Amz-Expires should be a number");
    }
    var seconds = new BigInteger(text);
    if (seconds.signum() < 1) {
      throw badLifetime("X-Amz-Expires must be positive");
    }
    if (seconds.compareTo(MAX_LIFETIME_SECONDS) > 0) {
      throw badLifetime(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(seconds.longValue());
  }

  private S3Exception badLifetime(String message) {
    return Difference.IMPOSSIBLE_LIFETIME.in(compat)
        ? new S3Exception(S3Error.ACCESS_DENIED, message)
        : badQuery(message);
  }

  private static List<String> names(String signedHeaders) {
    return Arrays.asList(signedHeaders.toLowerCase(Locale.ROOT).split(";", -1));
  }

  private void checkScope(CredentialScope credential, S3Error error, String prefix) {
    if (!credential.service().equals(service)) {
      throw new S3Exception(
          error,
          prefix
              + "incorrect service \"%s\". This endpoint belongs to \"%s\"."
                  .formatted(credential.service(), service));
    }
    if (!credential.region().equals(region)) {
      throw new S3Exception(
          error,
          prefix
              + "the region '%s' is wrong; expecting '%s'".formatted(credential.region(), region),
          Map.of("Region", region));
    }
  }

  private static S3Exception malformed(String reason) {
    return new S3Exception(S3Error.AUTHORIZATION_HEADER_MALFORMED, MALFORMED_HEADER + reason);
  }

  private static S3Exception badQuery(String message) {
    return new S3Exception(S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR, message);
  }

  /** Whether the query has the algorithm or the signature of a version 4 signature. */
  static boolean inQuery(String query) {
    return PercentCoding.parameter(query, "X-Amz-Algorithm").isPresent()
        || PercentCoding.parameter(query, "X-Amz-Signature").isPresent();
  }
}
