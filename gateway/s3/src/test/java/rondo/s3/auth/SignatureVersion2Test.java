package rondo.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.error.PercentCoding;
import rondo.s3.request.Routes;

/** What a presigned URL of version 2 can be turned into: nothing. */
final class SignatureVersion2Test {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Identity ALICE = new Identity("i", "alice", "", "KEY", "secret");
  private static final String ENDS = Long.toString(NOW.getEpochSecond() + 60);

  private final Authenticator authenticator =
      new Authenticator(
          new AuthSettings("us-east-1", true, AuthSettings.S3, List.of("s3.test")),
          key -> key.equals("KEY") ? ALICE : null);

  /**
   * Presigns as clients do.
   *
   * @param resource the path, with its bucket in front and the signed parameters behind it
   */
  private static String presigned(String method, String resource) {
    String toSign = method + "\n\n\n" + ENDS + "\n" + resource;
    byte[] mac =
        Hashes.hmac(
            "HmacSHA1",
            ALICE.secret().getBytes(StandardCharsets.UTF_8),
            toSign.getBytes(StandardCharsets.ISO_8859_1));
    String signature = PercentCoding.encode(Base64.getEncoder().encode(mac), false);
    return "AWSAccessKeyId=KEY&Expires=" + ENDS + "&Signature=" + signature;
  }

  private boolean isTaken(String method, String path, String query, @Nullable String host) {
    var request =
        new SignedRequest(
            method, path, query, List.of(Map.entry("host", host == null ? "localhost" : host)));
    return authenticator.verify(request, NOW) instanceof SenderVerdict.Verified;
  }

  /** Every parameter that makes another operation or another answer of a request. */
  static List<String> parameters() {
    Stream<String> others =
        Stream.of(
            "versionId",
            "partNumber",
            "response-content-type",
            "response-content-disposition",
            "start-after",
            "continuation-token",
            "tagKeys",
            "x-amz-request-payer",
            "x-amz-acl",
            "X-Amz-Date",
            "X-Amz-Security-Token",
            "id",
            "anything");
    return Stream.concat(Routes.parameters().stream(), others).sorted().toList();
  }

  /** The name with none, one and all of its characters percent-encoded. */
  private static List<String> spellings(String name) {
    String all = name.chars().mapToObj(c -> "%%%02X".formatted(c)).collect(Collectors.joining());
    String last = name.substring(0, name.length() - 1);
    return List.of(
        name,
        "%%%02x".formatted((int) name.charAt(0)) + name.substring(1),
        last + "%%%02X".formatted((int) name.charAt(name.length() - 1)),
        all,
        all.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void no_parameter_can_be_added(String name) {
    for (String method : List.of("GET", "HEAD", "PUT", "POST", "DELETE")) {
      for (String path : List.of("/b", "/b/", "/b/k")) {
        String query = presigned(method, path);
        assertThat(isTaken(method, path, query, null)).isTrue();
        for (String spelling : spellings(name)) {
          for (String added : List.of(spelling, spelling + "=", spelling + "=1")) {
            assertThat(isTaken(method, path, query + "&" + added, null)).as(added).isFalse();
            assertThat(isTaken(method, path, added + "&" + query, null)).as(added).isFalse();
            assertThat(isTaken(method, path, added + "&&" + query, null)).as(added).isFalse();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void no_signed_parameter_can_be_left_out_or_repeated(String name) {
    String query = presigned("GET", "/b/k?" + name + "=1");
    assertThat(isTaken("GET", "/b/k", query, null)).isFalse();
    assertThat(isTaken("GET", "/b/k", name + "=1&" + name + "=2&" + query, null)).isFalse();
  }

  @Test
  void a_signed_parameter_counts_however_it_is_spelled() {
    String query = presigned("GET", "/b/k?acl&versionId=a b");
    for (String spelling : spellings("acl")) {
      assertThat(isTaken("GET", "/b/k", spelling + "&versionId=a%20b&" + query, null)).isTrue();
      assertThat(isTaken("GET", "/b/k", "versionId=a+b&" + query + "&" + spelling, null)).isTrue();
    }
  }

  @Test
  void a_value_can_not_take_the_place_of_parameters() {
    String query = presigned("GET", "/b/k?response-content-type=a&versionId=1");
    assertThat(isTaken("GET", "/b/k", "response-content-type=a&versionId=1&" + query, null))
        .isTrue();
    assertThat(isTaken("GET", "/b/k", "response-content-type=a%26versionId%3D1&" + query, null))
        .isFalse();
    String named = presigned("GET", "/b/k?response-content-disposition=a; filename=x&y");
    String value = "response-content-disposition=a%3B+filename%3Dx%26y&";
    assertThat(isTaken("GET", "/b/k", value + named, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "marker", "max-keys", "delimiter", "x-id"})
  void a_page_may_be_chosen_once(String name) {
    String query = presigned("GET", "/b/");
    assertThat(isTaken("GET", "/b", query + "&" + name + "=1", null)).isTrue();
    assertThat(isTaken("GET", "/b", query + "&" + name + "=1&" + name + "=2", null)).isFalse();
  }

  @Test
  void a_virtual_host_is_bound_to_its_bucket() {
    String path = presigned("GET", "/alice/key");
    assertThat(isTaken("GET", "/alice/key", path, "s3.test")).isTrue();
    assertThat(isTaken("GET", "/key", path, "alice.s3.test")).isTrue();
    assertThat(isTaken("GET", "/key", path, "Alice.S3.test:9000")).isTrue();
    for (String host : List.of("other.s3.test", "alice.other.s3.test", "alice.elsewhere")) {
      assertThat(isTaken("GET", "/alice/key", path, "x." + host))
          .as(host)
          .isEqualTo(host.equals("alice.elsewhere"));
      assertThat(isTaken("GET", "/key", path, host)).as(host).isFalse();
    }
    String folder = presigned("GET", "/alice/key/");
    assertThat(isTaken("GET", "/key", folder, "alice.s3.test")).isFalse();
    assertThat(isTaken("GET", "/", presigned("GET", "/alice/"), "alice.s3.test")).isTrue();
  }
}
