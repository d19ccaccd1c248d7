package rondo.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.SignedRequest;

/** Which requests are the console's own, and by which cookie; and who guesses too often. */
final class ForgedRequestTest {
  private static final ConsoleSession SESSION =
      new ConsoleSession("AK", "", "proof", 0, new AtomicLong());
  private final PageOrigin plain = new PageOrigin(false);

  private static SignedRequest request(String method, String... headers) {
    var lines = new ArrayList<Map.Entry<String, String>>();
    lines.add(Map.entry("Host", "127.0.0.1:9004"));
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new SignedRequest(method, "/s3", "", lines);
  }

  @Test
  void the_consoles_own_page_is_believed() {
    var own =
        request(
            "PUT",
            "Origin",
            "http://127.0.0.1:9004",
            "Sec-Fetch-Site",
            "same-origin",
            "X-Rondo-Proof",
            "proof");
    assertThat(plain.forged(own, SESSION, true)).isNull();
    assertThat(plain.forged(own, SESSION, false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9000",
        "http://evil.example",
        "null",
        "",
        "http://127.0.0.1:9004.evil.example",
        "http://evil.example/http://127.0.0.1:9004",
        "file://127.0.0.1:9004"
      })
  void a_foreign_origin_is_refused_even_with_the_proof(String origin) {
    var forged = request("GET", "Origin", origin, "X-Rondo-Proof", "proof");
    assertThat(plain.forged(forged, SESSION, true)).contains("another origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-site", "cross-site", "none", "SAME-ORIGIN", ""})
  void a_foreign_site_is_refused_even_with_the_proof(String site) {
    var forged = request("GET", "Sec-Fetch-Site", site, "X-Rondo-Proof", "proof");
    assertThat(plain.forged(forged, SESSION, true)).contains("another origin");
  }

  @Test
  void over_tls_a_plain_page_of_the_same_host_is_foreign() {
    var forged = request("GET", "Origin", "http://127.0.0.1:9004", "X-Rondo-Proof", "proof");
    assertThat(new PageOrigin(true).forged(forged, SESSION, true)).contains("another origin");
  }

  @Test
  void only_bytes_are_read_without_the_proof_and_only_by_the_page() {
    var image = request("GET", "Sec-Fetch-Site", "same-origin");
    assertThat(plain.forged(image, SESSION, true)).isNull();
    assertThat(plain.forged(image, SESSION, false)).contains("proof");
    assertThat(plain.forged(request("GET"), SESSION, true)).contains("proof");
    for (String method : List.of("PUT", "POST", "DELETE")) {
      var change = request(method, "Sec-Fetch-Site", "same-origin");
      assertThat(plain.forged(change, SESSION, true)).contains("proof");
    }
    var other = request("GET", "Sec-Fetch-Site", "same-origin", "X-Rondo-Proof", "of another");
    assertThat(plain.forged(other, SESSION, true)).contains("another one");
  }

  @Test
  void a_cookie_is_read_by_its_ports_name_and_only_once() {
    var cookie = new SessionCookie(9004, false);
    assertThat(cookie.read(request("GET", "Cookie", "a=b; rondo-console-9004=S; c=d")))
        .isEqualTo("S");
    assertThat(cookie.read(request("GET", "Cookie", "rondo-console-9014=S"))).isNull();
    assertThat(cookie.read(request("GET", "Cookie", "rondo-console-9004=S; rondo-console-9004=T")))
        .isNull();
    assertThat(cookie.read(request("GET"))).isNull();
    assertThat(cookie.set("S"))
        .isEqualTo("rondo-console-9004=S; Path=/; HttpOnly; SameSite=Strict");
    assertThat(new SessionCookie(443, true).set("S"))
        .isEqualTo("__Host-rondo-console-443=S; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(cookie.clear()).contains("Max-Age=0");
  }

  @Test
  void an_address_that_guesses_waits_and_is_forgiven() {
    var clock = new ConsoleClock();
    var throttle = new SignInThrottle(clock);
    for (int i = 0; i < SignInThrottle.FREE; i++) {
      assertThat(throttle.waitSeconds("a")).isZero();
      throttle.failed("a");
    }
    assertThat(throttle.waitSeconds("a")).isPositive();
    assertThat(throttle.waitSeconds("b")).isZero();
    clock.pass(SignInThrottle.PAUSE);
    assertThat(throttle.waitSeconds("a")).isZero();
    throttle.failed("a");
    assertThat(throttle.waitSeconds("a")).isPositive();
    clock.pass(Duration.ofHours(1));
    throttle.failed("a");
    assertThat(throttle.waitSeconds("a")).isZero();
  }
}
