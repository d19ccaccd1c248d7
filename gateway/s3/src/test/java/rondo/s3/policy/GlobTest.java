package rondo.s3.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  private static final PolicyContext ANN =
      key -> key.equalsIgnoreCase("aws:username") ? List.of("a*n") : List.of();

  @ParameterizedTest
  @CsvSource({
    "*,                  anything,       true",
    "*,                  '',             true",
    "?,                  '',             false",
    "a?c,                abc,            true",
    "a?c,                ac,             false",
    "a*c,                ac,             true",
    "a*c,                abcbc,          true",
    "a*c,                abcb,           false",
    "a**c,               abc,            true",
    "*.log,              x.log.log,      true",
    "home/${aws:username}/*, home/a*n/x,  true",
    "home/${aws:username}/*, home/aaan/x, false",
    "home/${aws:userid}/*,   home//x,     false",
    "'${aws:userid, ''nobody''}', nobody, true",
    "a${*}c,             a*c,            true",
    "a${*}c,             abc,            false",
    "a${?}c,             a?c,            true",
    "a${$}c,             a$c,            true",
    "G?TS,               gets,           false",
  })
  void stars_and_question_marks_stand_for_text_and_variables_for_known_values(
      String pattern, String text, boolean expected) {
    assertThat(Glob.of(pattern, true).matches(text, false, ANN)).isEqualTo(expected);
  }

  @Test
  void older_policies_have_no_variables() {
    assertThat(Glob.of("${aws:username}", false).matches("${aws:username}", false, ANN)).isTrue();
  }

  @Test
  void a_variable_must_end() {
    assertThatThrownBy(() -> Glob.of("a${b", true)).isInstanceOf(PolicyException.class);
  }

  @Test
  void equality_takes_stars_as_they_are() {
    assertThat(Glob.of("a*", true).equals("a*", false, ANN)).isTrue();
    assertThat(Glob.of("a*", true).equals("ab", false, ANN)).isFalse();
    assertThat(Glob.of("AbC", true).equals("aBc", true, ANN)).isTrue();
  }

  @Test
  void many_stars_take_no_longer_than_the_product_of_the_lengths() {
    Glob pattern = Glob.of("*a".repeat(5_000) + "b", true);
    String text = "a".repeat(1_024);
    boolean matches =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> pattern.matches(text, false, ANN));
    assertThat(matches).isFalse();
  }

  @Test
  void it_agrees_with_a_regular_expression() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab*?", 6);
      String text = text(random, "ab", 8);
      String regex = pattern.replace("*", ".*").replace('?', '.');
      assertThat(Glob.of(pattern, true).matches(text, false, ANN))
          .as("%s against %s", pattern, text)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  private static String text(Random random, String letters, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
