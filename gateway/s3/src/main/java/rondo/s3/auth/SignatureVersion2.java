package rondo.s3.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.head.SubResources;
import rondo.s3.head.VirtualHost;

/**
 * Verifies signature version 2 ("Signing and Authenticating REST Requests", Amazon S3 developer
 * guide), for clients that still need it.
 */
final class SignatureVersion2 {
  /** Parameters beside sub-resources that change an answer, and that the signature covers. */
  private static final Set<String> SIGNED_OTHERS =
      Set.of(
          "defaultObjectAcl",
          "partNumber",
          "position",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "select-type",
          "start-date",
          "versionId");

  /** Parameters that clients send in presigned URLs without signing them. */
  private static final Set<String> UNSIGNED =
      Set.of(
          "AWSAccessKeyId",
          "Expires",
          "Signature",
          // They choose a page of the listing that was signed, and the SDK's name for it.
          "delimiter",
          "encoding-type",
          "key-marker",
          "marker",
          "max-keys",
          "max-parts",
          "max-uploads",
          "part-number-marker",
          "prefix",
          "upload-id-marker",
          "version-id-marker",
          "x-id");

  private final AccessKeyLookup keys;
  private final List<String> domains;

  /**
   * @param domains whose subdomains are buckets
   */
  SignatureVersion2(AccessKeyLookup keys, List<String> domains) {
    this.keys = keys;
    this.domains = domains;
  }

  static boolean inQuery(String query) {
    return PercentCoding.parameter(query, "Signature").isPresent()
        && PercentCoding.parameter(query, "AWSAccessKeyId").isPresent();
  }

  SenderVerdict verify(SignedRequest request, Instant now) {
    String header = request.header("authorization");
    if (header == null) {
      return presigned(request, now);
    }
    String credential = header.strip().substring("AWS ".length()).strip();
    int colon = credential.lastIndexOf(':');
    if (colon < 0) {
      throw Authenticator.argument(
          "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", header);
    }
    checkDate(request, now);
    String amzDate = request.header("x-amz-date");
    String date = amzDate != null ? "" : Objects.requireNonNullElse(request.header("date"), "");
    return verify(request, credential.substring(0, colon), credential.substring(colon + 1), date);
  }

  private static void checkDate(SignedRequest request, Instant now) {
    Instant time = SignatureClaimReader.time(request);
    if (time.isBefore(Instant.EPOCH)) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    Authenticator.checkSkew(time, now);
  }

  private SenderVerdict presigned(SignedRequest request, Instant now) {
    checkCovered(request.rawQuery());
    String expires = PercentCoding.parameter(request.rawQuery(), "Expires").orElse("");
    if (!expires.matches("[0-9]{1,11}")) {
      throw new S3Exception(S3Error.ACCESS_DENIED, "Invalid date (should be seconds since epoch)");
    }
    if (now.isAfter(Instant.ofEpochSecond(Long.parseLong(expires)))) {
      throw new S3Exception(S3Error.ACCESS_DENIED, "Request has expired");
    }
    String accessKey = PercentCoding.parameter(request.rawQuery(), "AWSAccessKeyId").orElse("");
    String signature = PercentCoding.parameter(request.rawQuery(), "Signature").orElse("");
    return verify(request, accessKey, signature, expires);
  }

  /**
   * Refuses a presigned URL with parameters that nobody signed: whoever holds it could add them.
   *
   * @throws S3Exception AccessDenied
   */
  private static void checkCovered(String rawQuery) {
    var once = new HashSet<String>();
    for (String parameter : parameters(rawQuery)) {
      String name = name(parameter);
      if (!isCovered(name) && !(UNSIGNED.contains(name) && once.add(name))) {
        throw new S3Exception(
            S3Error.ACCESS_DENIED,
            "There were query parameters present in the request which signature version 2 does not"
                + " cover",
            Map.of("ParametersNotSigned", name));
      }
    }
  }

  private static boolean isCovered(String name) {
    return SubResources.NAMES.contains(name) || SIGNED_OTHERS.contains(name);
  }

  private SenderVerdict verify(
      SignedRequest request, String accessKey, String signature, String date) {
    PayloadMode mode = PayloadHeader.unauthenticated(request);
    Identity identity = Authenticator.find(keys, accessKey);
    String toSign = toSign(request, path(request), date);
    if (!isSigned(toSign, identity, signature)
        && !isSignedAsFolder(request, date, identity, signature)) {
      var details = new LinkedHashMap<String, String>();
      details.put("AWSAccessKeyId", accessKey);
      String shown = CustomerKeyHeaders.hide(toSign);
      details.put("StringToSign", shown);
      details.put("SignatureProvided", signature);
      details.put("StringToSignBytes", Hashes.spacedHex(shown));
      throw new S3Exception(
          S3Error.SIGNATURE_DOES_NOT_MATCH, S3Error.SIGNATURE_DOES_NOT_MATCH.message(), details);
    }
    return new SenderVerdict.Verified(identity, mode, null);
  }

  private static boolean isSigned(String toSign, Identity identity, String signature) {
    byte[] mac =
        Hashes.hmac(
            "HmacSHA1",
            identity.secret().getBytes(StandardCharsets.UTF_8),
            toSign.getBytes(StandardCharsets.ISO_8859_1));
    return Hashes.same(Base64.getEncoder().encodeToString(mac), signature);
  }

  /** The path with the bucket in front, which a virtual host names. */
  private String path(SignedRequest request) {
    String bucket = VirtualHost.bucket(request.header("host"), domains);
    return bucket == null ? request.rawPath() : "/" + bucket + request.rawPath();
  }

  /** boto3 signs the resource of a bucket as "/bucket/", even where it sends "/bucket". */
  private boolean isSignedAsFolder(
      SignedRequest request, String date, Identity identity, String signature) {
    String path = path(request);
    return path.lastIndexOf('/') == 0
        && path.length() > 1
        && isSigned(toSign(request, path + "/", date), identity, signature);
  }

  private static String toSign(SignedRequest request, String path, String date) {
    return String.join(
            "\n",
            request.method(),
            Objects.requireNonNullElse(request.header("content-md5"), ""),
            Objects.requireNonNullElse(request.header("content-type"), ""),
            date,
            amzHeaders(request))
        + path
        + query(request.rawQuery());
  }

  private static String amzHeaders(SignedRequest request) {
    var headers = new TreeMap<String, String>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-")) {
        headers.merge(name, header.getValue().strip(), (one, other) -> one + "," + other);
      }
    }
    var text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }

  /**
   * The parameters that the signature covers, decoded as the operation reads them, in order.
   *
   * @throws S3Exception InvalidArgument for a value that could as well be several parameters
   */
  private static String query(String rawQuery) {
    List<String> signed =
        parameters(rawQuery).stream()
            .filter(parameter -> isCovered(name(parameter)))
            .map(parameter -> {
              String[] pieces = decoded(parameter).split("&", -1);
              if (Arrays.stream(pieces).skip(1).anyMatch(piece -> isCovered(name(piece)))) {
                throw S3Exception.argument(
                    name(parameter), "", "The value can't be told from several parameters.");
              }
              return String.join("&", pieces);
            })
            .sorted()
            .toList();
    return signed.isEmpty() ? "" : "?" + String.join("&", signed);
  }

  private static List<String> parameters(String rawQuery) {
    return Arrays.stream(rawQuery.split("&", -1)).filter(one -> !one.isEmpty()).toList();
  }

  private static String name(String parameter) {
    return decoded(parameter.split("=", 2)[0]);
  }

  private static String decoded(String parameter) {
    return new String(PercentCoding.decode(parameter, true), StandardCharsets.ISO_8859_1);
  }
}
