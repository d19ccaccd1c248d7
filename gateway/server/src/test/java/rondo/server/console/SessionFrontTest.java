package rondo.server.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** What S3 sees of a session's request. */
final class SessionFrontTest {
  private static final Identity ANN = new Identity("id", "ann", "", "AK", "secret");
  private final ConsoleSessions sessions =
      new ConsoleSessions(Map.of("AK", ANN)::get, new ConsoleClock());
  private final SessionFront front =
      new SessionFront(sessions, new SessionCookie(9004, false), new PageOrigin(false));

  private static SignedRequest sent(String query, String... headers) {
    var lines = new java.util.ArrayList<Map.Entry<String, String>>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new SignedRequest("GET", "/s3", query, lines);
  }

  @ParameterizedTest
  @CsvSource({
    "path=%2F, /, ''",
    "path=%2Fphotos, /photos, ''",
    "path=%2Fphotos&list-type=2&prefix=a, /photos, list-type=2&prefix=a",
    "path=%2Fphotos%2Fa%2F..%2Fb, /photos/a%2F..%2Fb, ''",
    "path=%2Fphotos%2F..&versionId=1, /photos/.., versionId=1",
    "path=%2Fphotos%2F%2F, /photos/%2F, ''",
    "path=%2Fphotos%2Fa&path=b, /photos/a, path=b"
  })
  void the_first_parameter_is_the_path(String query, String path, String rest) {
    SignedRequest seen = front.head(sent(query));
    assertThat(seen.rawPath()).isEqualTo(path);
    assertThat(seen.rawQuery()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "path=", "path=photos", "path=/photos", "list-type=2&path=%2F"})
  void a_request_without_a_path_asks_nothing(String query) {
    assertThatThrownBy(() -> front.head(sent(query))).isInstanceOf(S3Exception.class);
  }

  @Test
  void what_is_between_browser_and_console_stays_there() {
    SignedRequest seen =
        front.head(
            sent(
                "path=%2Fb",
                "Host",
                "b.s3.example",
                "Cookie",
                "c",
                "Origin",
                "o",
                "X-Rondo-Proof",
                "p",
                "Authorization",
                "a",
                "Range",
                "bytes=0-1",
                "X-Amz-Meta-A",
                "1"));
    assertThat(seen.headers())
        .containsExactly(
            Map.entry("host", "localhost"),
            Map.entry("Range", "bytes=0-1"),
            Map.entry("X-Amz-Meta-A", "1"));
  }

  @Test
  void the_sender_is_the_sessions_key() {
    var begun = Objects.requireNonNull(sessions.begin("AK", "secret"));
    String cookie = "rondo-console-9004=" + begun.name();
    var own = sent("path=%2F", "Cookie", cookie, "X-Rondo-Proof", begun.session().proof());
    assertThat(front.verify(own, Instant.EPOCH))
        .isInstanceOfSatisfying(
            SenderVerdict.Verified.class, it -> assertThat(it.identity()).isEqualTo(ANN));
    assertThat(error(sent("path=%2F", "Cookie", cookie))).isEqualTo(S3Error.ACCESS_DENIED);
    assertThat(error(sent("path=%2F"))).isEqualTo(S3Error.INVALID_TOKEN);
    sessions.end(begun.name());
    assertThat(error(own)).isEqualTo(S3Error.INVALID_TOKEN);
  }

  @Test
  void a_signature_of_another_counts_for_nothing() {
    var signed = sent("path=%2F", "Authorization", "AWS4-HMAC-SHA256 Credential=AK/...");
    assertThat(error(signed)).isEqualTo(S3Error.INVALID_TOKEN);
    assertThat(List.of(front.head(signed).headers()).toString()).doesNotContain("AWS4");
  }

  private S3Error error(SignedRequest sent) {
    return ((SenderVerdict.Rejected) front.verify(sent, Instant.EPOCH)).error();
  }
}
