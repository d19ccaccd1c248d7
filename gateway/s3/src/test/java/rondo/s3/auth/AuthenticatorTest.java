package rondo.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.S3Error;

final class AuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
  private static final Identity ALICE = new Identity("id", "alice", "", "KEY", "secret");

  private final Authenticator authenticator = authenticator(false);
  private final RequestSigner signer = new RequestSigner("KEY", "secret", "us-east-1");

  @ParameterizedTest
  @CsvSource({
    "/b/plain,''",
    "/b/a%20b%2Bc%25,''",
    "/b//double//slash/./../dots,''",
    "/b/%C3%A9%E2%82%AC,''",
    "/b/~tilde*star'quote(paren)!,''",
    "/b/a%2Fb,''",
    "/b/%FF%FE,''",
    "/b,'list-type=2&prefix=a%2Fb&delimiter=%2F'",
    "/b,'uploads'",
    "/b,'uploads='",
    "/b,'z=1&a=2&a=1&A=3&a-b=4'",
    "/b,'marker=a+b&x=%7E%C3%A9'",
    "/b,'&&x=1&'"
  })
  void a_request_that_is_sent_as_it_was_signed_verifies(String path, String query) {
    SignedRequest signed = signed(request("GET", path, query));
    assertThat(authenticator.verify(signed, NOW))
        .isInstanceOfSatisfying(
            SenderVerdict.Verified.class,
            verified -> assertThat(verified.identity()).isEqualTo(ALICE));
    assertThat(authenticator.verify(presigned(request("GET", path, query)), NOW))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void headers_are_trimmed_folded_and_joined() {
    SignedRequest request =
        with(request("PUT", "/b/k", ""), "X-Amz-Meta-A", "  one   two  ", "x-amz-meta-a", "three");
    SignedRequest signed = signed(request);
    var tidy = new ArrayList<>(signed.headers());
    tidy.replaceAll(header ->
        header.getValue().contains("one") ? Map.entry("x-amz-meta-a", "one two") : header);
    assertThat(authenticator.verify(replaced(signed, tidy), NOW))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void a_request_without_a_signature_is_anonymous() {
    assertThat(authenticator.verify(request("GET", "/b/k", "X=1"), NOW))
        .isEqualTo(new SenderVerdict.Anonymous(new PayloadMode.Unsigned()));
  }

  @Test
  void anything_tampered_with_breaks_the_signature() {
    SignedRequest signed = signed(with(request("PUT", "/b/k", "a=1"), "x-amz-meta-a", "b"));
    assertThat(error(new SignedRequest("GET", "/b/k", "a=1", signed.headers())))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(error(new SignedRequest("PUT", "/b/j", "a=1", signed.headers())))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(error(new SignedRequest("PUT", "/b/k", "a=1&b", signed.headers())))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(error(changed(signed, "x-amz-meta-a", value -> "c")))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(error(changed(signed, "host", value -> "elsewhere")))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(error(changed(signed, "x-amz-content-sha256", value -> Hashes.EMPTY_SHA256)))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
  }

  @Test
  void a_mismatch_shows_what_should_have_been_signed() {
    SignedRequest signed = changed(signed(request("GET", "/b/k", "")), "host", value -> "other");
    SenderVerdict.Rejected rejected = (SenderVerdict.Rejected) authenticator.verify(signed, NOW);
    assertThat(rejected.details().keySet())
        .containsExactly(
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes");
    assertThat(rejected.details().get("CanonicalRequest")).startsWith("GET\n/b/k\n\nhost:other\n");
    assertThat(rejected.details().get("CanonicalRequestBytes")).startsWith("47 45 54 0a 2f");
  }

  @Test
  void a_wrong_secret_and_an_unknown_key_are_told_apart() {
    assertThat(
            error(signed(new RequestSigner("KEY", "wrong", "us-east-1"), request("GET", "/", ""))))
        .isEqualTo(S3Error.SIGNATURE_DOES_NOT_MATCH);
    assertThat(
            error(
                signed(new RequestSigner("NOKEY", "secret", "us-east-1"), request("GET", "/", ""))))
        .isEqualTo(S3Error.INVALID_ACCESS_KEY_ID);
  }

  @Test
  void another_region_is_named_with_the_right_one() {
    var far = new RequestSigner("KEY", "secret", "eu-north-1");
    SenderVerdict.Rejected rejected =
        (SenderVerdict.Rejected) authenticator.verify(signed(far, request("GET", "/", "")), NOW);
    assertThat(rejected.error()).isEqualTo(S3Error.AUTHORIZATION_HEADER_MALFORMED);
    assertThat(rejected.details()).containsEntry("Region", "us-east-1");
    String query =
        new PresignedUrl("KEY", "secret", "eu-north-1")
            .query(request("GET", "/", ""), Duration.ofHours(1), NOW);
    assertThat(error(request("GET", "/", query)))
        .isEqualTo(S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
  }

  @Test
  void a_clock_may_be_a_quarter_of_an_hour_off_and_no_more() {
    SignedRequest signed = signed(request("GET", "/", ""));
    for (int sign : new int[] {-1, 1}) {
      assertThat(authenticator.verify(signed, NOW.plusSeconds(sign * 900L)))
          .isInstanceOf(SenderVerdict.Verified.class);
      assertThat(error(signed, NOW.plusSeconds(sign * 901L)))
          .isEqualTo(S3Error.REQUEST_TIME_TOO_SKEWED);
    }
  }

  @Test
  void every_amz_header_and_the_host_must_be_signed() {
    SignedRequest signed = signed(request("PUT", "/b/k", ""));
    assertThat(error(with(signed, "X-Amz-Acl", "public-read"))).isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(error(with(presigned(request("PUT", "/b/k", "")), "x-amz-meta-a", "b")))
        .isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(error(changed(signed, "authorization", value -> value.replace("=host;", "="))))
        .isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(authenticator.verify(with(signed, "user-agent", "x"), NOW))
        .isInstanceOf(SenderVerdict.Verified.class);
  }

  @Test
  void a_presigned_url_is_valid_for_its_lifetime() {
    SignedRequest request = presigned(request("GET", "/b/k", ""));
    assertThat(authenticator.verify(request, NOW.plusSeconds(3600)))
        .isInstanceOf(SenderVerdict.Verified.class);
    assertThat(error(request, NOW.plusSeconds(3601))).isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(error(request, NOW.minusSeconds(901))).isEqualTo(S3Error.ACCESS_DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Expires=0",
        "X-Amz-Expires=-7",
        "X-Amz-Expires=604801",
        "X-Amz-Expires=x",
        "X-Amz-Date=2026",
        "X-Amz-Date=20261122T050000Z",
        "X-Amz-Algorithm=AWS4-HMAC-SHA1",
        "X-Amz-Credential=KEY",
        "X-Amz-Credential=KEY%2F20261121%2Fus-east-1%2Fec2%2Faws4_request",
        "X-Amz-Unrelated="
      })
  void a_malformed_presigned_url_gets_its_own_error(String parameter) {
    String name = parameter.substring(0, parameter.indexOf('='));
    String query = presigned(request("GET", "/", "")).rawQuery();
    String changed =
        name.endsWith("Unrelated")
            ? query.replaceAll("&X-Amz-Expires=[^&]*", "")
            : query.replaceAll(name + "=[^&]*", parameter);
    assertThat(error(request("GET", "/", changed)))
        .isEqualTo(S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR);
  }

  @Test
  void a_lifetime_out_of_range_is_access_denied_in_profile_compat() {
    String query = presigned(request("GET", "/", "")).rawQuery().replace("=3600", "=604801");
    assertThat(authenticator(true).verify(request("GET", "/", query), NOW))
        .isInstanceOfSatisfying(
            SenderVerdict.Rejected.class,
            rejected -> assertThat(rejected.error()).isEqualTo(S3Error.ACCESS_DENIED));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS4-HMAC-SHA256 nonsense,AUTHORIZATION_HEADER_MALFORMED",
    "'AWS4-HMAC-SHA256 Credential=a/b,SignedHeaders=host,Signature=c',"
        + "AUTHORIZATION_HEADER_MALFORMED",
    "'AWS4-HMAC-SHA256 Credential=/20261121/us-east-1/s3/aws4_request,SignedHeaders=host,"
        + "Signature=c',AUTHORIZATION_HEADER_MALFORMED",
    "'AWS4-HMAC-SHA256 Credential=KEY/20261120/us-east-1/s3/aws4_request,SignedHeaders=host,"
        + "Signature=c',AUTHORIZATION_HEADER_MALFORMED",
    "'',ACCESS_DENIED",
    "Bearer token,INVALID_ARGUMENT",
    "AWS KEY:signature,INVALID_REQUEST"
  })
  void a_malformed_authorization_header_gets_the_error_of_s3(
      String authorization, S3Error expected) {
    SignedRequest request =
        with(request("GET", "/", ""), "authorization", authorization, "x-amz-date", date());
    assertThat(error(request)).isEqualTo(expected);
  }

  @Test
  void two_signatures_in_one_request_are_refused() {
    SignedRequest both = signed(presigned(request("GET", "/", "")));
    assertThat(error(both)).isEqualTo(S3Error.INVALID_ARGUMENT);
  }

  @Test
  void the_payloads_hash_and_a_date_are_required() {
    SignedRequest signed = signed(request("GET", "/", ""));
    assertThat(error(without(signed, "x-amz-content-sha256"))).isEqualTo(S3Error.INVALID_REQUEST);
    assertThat(error(without(signed, "x-amz-date"))).isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(error(changed(signed, "x-amz-content-sha256", value -> "abc")))
        .isEqualTo(S3Error.INVALID_ARGUMENT);
    assertThat(error(signed(with(request("GET", "/", ""), "x-amz-security-token", "t"))))
        .isEqualTo(S3Error.INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "x-amz-date",
        "X-Amz-Content-SHA256",
        "x-amz-security-token",
        "x-amz-decoded-content-length",
        "date",
        "content-md5",
        "host"
      })
  void a_header_that_authenticates_stands_there_once(String name) {
    for (SignedRequest request :
        List.of(signed(request("GET", "/b/k", "")), request("GET", "/b/k", ""))) {
      String there = request.header(name);
      for (String second : List.of(there == null ? "1" : there, "", "other")) {
        SignedRequest twice = with(request, name, second);
        assertThat(error(there == null ? with(twice, name, second) : twice))
            .isEqualTo(S3Error.INVALID_REQUEST);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Signature",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Algorithm",
        "%58-Amz-Signature"
      })
  void so_does_a_parameter(String name) {
    String query =
        new PresignedUrl("KEY", "secret", "us-east-1")
            .query(request("GET", "/b/k", ""), Duration.ofHours(1), NOW);
    assertThat(authenticator.verify(request("GET", "/b/k", query), NOW))
        .isInstanceOf(SenderVerdict.Verified.class);
    assertThat(error(request("GET", "/b/k", query + "&" + name + "=1")))
        .isEqualTo(S3Error.INVALID_REQUEST);
  }

  @Test
  void signature_version_2_verifies_in_profile_compat() {
    // The example of the developer guide, "Signing and Authenticating REST Requests": Object GET.
    var lenient =
        new Authenticator(
            new AuthSettings("us-east-1", true),
            key -> new Identity("i", "j", "", key, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    SignedRequest request =
        with(
            new SignedRequest("GET", "/awsexamplebucket1/photos/puppy.jpg", "", List.of()),
            "Date",
            "Tue, 27 Mar 2007 19:36:42 +0000",
            "Authorization",
            "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=");
    Instant then = Instant.parse("2007-03-27T19:36:42Z");
    assertThat(lenient.verify(request, then)).isInstanceOf(SenderVerdict.Verified.class);
    assertThat(lenient.verify(request, then.plusSeconds(901)))
        .isInstanceOfSatisfying(
            SenderVerdict.Rejected.class,
            rejected -> assertThat(rejected.error()).isEqualTo(S3Error.REQUEST_TIME_TOO_SKEWED));
    assertThat(lenient.verify(changed(request, "date", d -> d.replace("42", "43")), then))
        .isInstanceOf(SenderVerdict.Rejected.class);
  }

  private static Authenticator authenticator(boolean compat) {
    return new Authenticator(
        new AuthSettings("us-east-1", compat), key -> key.equals("KEY") ? ALICE : null);
  }

  private static String date() {
    return SigningTime.basic(NOW);
  }

  private S3Error error(SignedRequest request) {
    return error(request, NOW);
  }

  private S3Error error(SignedRequest request, Instant now) {
    SenderVerdict verdict = authenticator.verify(request, now);
    assertThat(verdict).isInstanceOf(SenderVerdict.Rejected.class);
    return ((SenderVerdict.Rejected) verdict).error();
  }

  private static SignedRequest request(String method, String path, String query) {
    return new SignedRequest(method, path, query, List.of(Map.entry("Host", "127.0.0.1:9000")));
  }

  private SignedRequest signed(SignedRequest request) {
    return signed(signer, request);
  }

  private static SignedRequest signed(RequestSigner signer, SignedRequest request) {
    return replaced(request, signer.sign(request, RequestSigner.UNSIGNED_PAYLOAD, NOW));
  }

  private SignedRequest presigned(SignedRequest request) {
    String query =
        new PresignedUrl("KEY", "secret", "us-east-1").query(request, Duration.ofHours(1), NOW);
    return new SignedRequest(request.method(), request.rawPath(), query, request.headers());
  }

  private static SignedRequest with(SignedRequest request, String... namesAndValues) {
    var headers = new ArrayList<>(request.headers());
    for (int at = 0; at < namesAndValues.length; at += 2) {
      headers.add(Map.entry(namesAndValues[at], namesAndValues[at + 1]));
    }
    return replaced(request, headers);
  }

  private static SignedRequest without(SignedRequest request, String name) {
    var headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
    return replaced(request, headers);
  }

  private static SignedRequest changed(
      SignedRequest request, String name, UnaryOperator<String> change) {
    var headers = new ArrayList<>(request.headers());
    headers.replaceAll(header ->
        header.getKey().equalsIgnoreCase(name)
            ? Map.entry(header.getKey(), change.apply(header.getValue()))
            : header);
    return replaced(request, headers);
  }

  private static SignedRequest replaced(
      SignedRequest request, List<Map.Entry<String, String>> headers) {
    return new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), headers);
  }
}
