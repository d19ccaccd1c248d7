package rondo.s3.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.request.ClientConnection;

final class TrustedProxiesTest {
  private static final TrustedProxies TRUSTED =
      TrustedProxies.parse(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/9"));

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 198.51.100.9, 198.51.100.9",
    "10.1.2.3, '203.0.113.1, 198.51.100.9', 198.51.100.9",
    "10.1.2.3, '203.0.113.1, 198.51.100.9, 10.9.9.9', 198.51.100.9",
    "10.1.2.3, '10.5.5.5, 10.9.9.9', 10.5.5.5",
    "10.1.2.3, 'unknown, 10.9.9.9', 10.9.9.9",
    "10.1.2.3, 'evil', 10.1.2.3",
    "10.1.2.3, '', 10.1.2.3",
    "10.1.2.3, '198.51.100.9:4711', 198.51.100.9",
    "10.1.2.3, '[2001:db8::1]:4711', 2001:db8:0:0:0:0:0:1",
    "10.1.2.3, '2001:db8::1', 2001:db8:0:0:0:0:0:1",
    "fd00:0:0:0:0:0:0:9, 198.51.100.9, 198.51.100.9",
    "fd80:0:0:0:0:0:0:9, 198.51.100.9, fd80:0:0:0:0:0:0:9",
    "11.1.2.3, 198.51.100.9, 11.1.2.3",
    "192.0.2.7, 198.51.100.9, 198.51.100.9",
    "192.0.2.8, 198.51.100.9, 192.0.2.8",
  })
  void the_client_is_the_last_one_that_is_no_trusted_proxy(
      String peer, String header, String client) {
    assertThat(client(peer, Map.of("x-forwarded-for", List.of(header))).address())
        .isEqualTo(client);
  }

  @Test
  void several_header_lines_are_one_list() {
    var headers = Map.of("x-forwarded-for", List.of("203.0.113.1", "198.51.100.9", "10.0.0.1"));
    assertThat(client("10.1.2.3", headers).address()).isEqualTo("198.51.100.9");
  }

  @Test
  void the_standard_header_is_read_too() {
    var headers =
        Map.of(
            "forwarded",
            List.of("for=203.0.113.1;proto=http, For=\"[2001:db8::1]:1\";Proto=https"));
    ClientConnection client = client("10.1.2.3", headers);
    assertThat(client.address()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(client.secure()).isTrue();
  }

  @Test
  void two_headers_that_differ_are_believed_neither() {
    List<String> one = List.of("203.0.113.5");
    List<String> standard = List.of("for=9.9.9.9;proto=http");
    ClientConnection client =
        client(
            "10.1.2.3",
            Map.of(
                "x-forwarded-for",
                one,
                "x-forwarded-proto",
                List.of("https"),
                "forwarded",
                standard));
    assertThat(client.address()).isEqualTo("10.1.2.3");
    assertThat(client.secure()).isFalse();
    List<String> equal = List.of("for=203.0.113.5");
    assertThat(client("10.1.2.3", Map.of("x-forwarded-for", one, "forwarded", equal)).address())
        .isEqualTo("203.0.113.5");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, https, true",
    "10.1.2.3, HTTPS, true",
    "10.1.2.3, 'http, https', true",
    "10.1.2.3, 'https, http', false",
    "10.1.2.3, '', false",
    "198.51.100.9, https, false"
  })
  void the_nearest_proxy_tells_the_scheme(String peer, String scheme, boolean secure) {
    assertThat(client(peer, Map.of("x-forwarded-proto", List.of(scheme))).secure())
        .isEqualTo(secure);
  }

  @Test
  void nobody_is_believed_unless_it_is_named() {
    var headers =
        Map.of("x-forwarded-for", List.of("1.1.1.1"), "x-forwarded-proto", List.of("https"));
    assertThat(TrustedProxies.NONE.client("127.0.0.1", null, name -> headers.get(name)))
        .isEqualTo(new ClientConnection("127.0.0.1", null, false));
    assertThat(TrustedProxies.NONE.client("127.0.0.1", "TLSv1.3", name -> headers.get(name)))
        .isEqualTo(new ClientConnection("127.0.0.1", "TLSv1.3", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129"})
  void what_is_no_range_is_refused(String range) {
    assertThatThrownBy(() -> TrustedProxies.parse(List.of(range)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ClientConnection client(String peer, Map<String, List<String>> headers) {
    return TRUSTED.client(
        peer, null, name -> headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }
}
