package rondo.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SignedRequestTest {
  private static SignedRequest request(String... lines) {
    List<Map.Entry<String, String>> headers =
        Stream.of(lines).map(line -> Map.entry("If-Match", line)).toList();
    return new SignedRequest("GET", "/", "", headers);
  }

  @Test
  void several_lines_are_one_list() {
    assertThat(request("\"a\"", "\"b\", \"c\"").header("if-match")).isEqualTo("\"a\",\"b\", \"c\"");
  }

  @Test
  void lines_that_say_nothing_are_left_out_beside_others() {
    assertThat(request("", "a", " ", "b", "").header("if-match")).isEqualTo("a,b");
    assertThat(request("").header("if-match")).isEmpty();
    assertThat(request().header("if-match")).isNull();
  }
}
