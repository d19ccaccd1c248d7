package rondo.s3.cors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.rows.CorsRules;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.Xml;

final class CorsMatcherTest {
  private static final String METHOD = "<AllowedMethod>GET</AllowedMethod>";
  private static final String ORIGIN = "<AllowedOrigin>https://a.example</AllowedOrigin>";

  private static CorsRules rules(String... rules) {
    return document(Arrays.stream(rules).collect(Collectors.joining("</CORSRule><CORSRule>")));
  }

  private static CorsRules document(String rules) {
    String text = "<CORSConfiguration><CORSRule>" + rules + "</CORSRule></CORSConfiguration>";
    return CorsDocument.rules(Xml.read(text.getBytes(UTF_8), CorsDocument.CORSConfiguration.class));
  }

  private static Map<String, String> headers(CorsRules rules, OriginRequest origin) {
    return CorsMatcher.headers(Objects.requireNonNull(CorsMatcher.rule(rules, origin)), origin);
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "*suffix, foo.suffix, true",
    "*suffix, foo.suffix.get, false",
    "start*end, startend, true",
    "start*end, start12end, true",
    "start*end, 0start12end, false",
    "aba*aba, aba, false",
    "a, A, false",
    "a, a, true"
  })
  void an_asterisk_stands_for_any_text(String pattern, String origin, boolean matches) {
    assertThat(CorsMatcher.matches(pattern, origin)).isEqualTo(matches);
  }

  @Test
  void the_first_rule_that_matches_origin_method_and_headers_decides() {
    CorsRules rules =
        rules(
            METHOD + ORIGIN + "<MaxAgeSeconds>1</MaxAgeSeconds>",
            METHOD + ORIGIN + "<AllowedHeader>X-*</AllowedHeader><MaxAgeSeconds>2</MaxAgeSeconds>",
            METHOD + "<AllowedOrigin>*</AllowedOrigin><ExposeHeader>ETag</ExposeHeader>");
    var plain = new OriginRequest("https://a.example", "GET", List.of());
    assertThat(headers(rules, plain))
        .containsEntry("Access-Control-Allow-Origin", "https://a.example")
        .containsEntry("Access-Control-Allow-Credentials", "true")
        .containsEntry("Access-Control-Max-Age", "1");
    var header = new OriginRequest("https://a.example", "GET", List.of("x-one", "x-two"));
    assertThat(headers(rules, header)).containsEntry("Access-Control-Max-Age", "2");
    var other = new OriginRequest("https://b.example", "GET", List.of());
    assertThat(headers(rules, other))
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry("Access-Control-Expose-Headers", "ETag")
        .containsKey("Vary")
        .doesNotContainKeys("Access-Control-Allow-Credentials", "Access-Control-Max-Age");
    assertThat(CorsMatcher.rule(rules, new OriginRequest("https://a.example", "PUT", List.of())))
        .isNull();
    assertThat(CorsMatcher.rule(rules, new OriginRequest("https://a.example", "GET", List.of("y"))))
        .isNull();
  }

  @Test
  void the_document_of_put_rules_is_unchanged() {
    String rule =
        "<ID>one</ID><AllowedHeader>*</AllowedHeader>"
            + METHOD
            + ORIGIN
            + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>0</MaxAgeSeconds>";
    assertThat(new String(Xml.write(CorsDocument.document(rules(rule))), UTF_8)).contains(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        METHOD,
        ORIGIN,
        "<AllowedMethod>PATCH</AllowedMethod>" + ORIGIN,
        "<AllowedMethod>get</AllowedMethod>" + ORIGIN,
        METHOD + "<AllowedOrigin>*.*</AllowedOrigin>",
        METHOD + "<AllowedOrigin>a&#10;b</AllowedOrigin>",
        METHOD + ORIGIN + "<AllowedHeader>**</AllowedHeader>",
        METHOD + ORIGIN + "<ExposeHeader>x-*</ExposeHeader>",
        METHOD + ORIGIN + "<ExposeHeader>x&#13;&#10;Set-Cookie: a</ExposeHeader>",
        METHOD + ORIGIN + "<MaxAgeSeconds>soon</MaxAgeSeconds>",
        METHOD + ORIGIN + "<MaxAgeSeconds>-1</MaxAgeSeconds>",
        METHOD + ORIGIN + "<MaxAgeSeconds>4000000000</MaxAgeSeconds>"
      })
  void an_invalid_rule_is_refused(String rule) {
    assertThatThrownBy(() -> rules(rule)).isInstanceOf(S3Exception.class);
  }

  @Test
  void a_document_has_at_most_a_hundred_rules() {
    String[] hundred =
        IntStream.range(0, 100).mapToObj(i -> METHOD + ORIGIN).toArray(String[]::new);
    assertThat(rules(hundred).getRulesCount()).isEqualTo(100);
    String[] more = Arrays.copyOf(hundred, 101);
    more[100] = METHOD + ORIGIN;
    assertThatThrownBy(() -> rules(more)).hasMessageContaining("allowed limit of 100");
  }
}
