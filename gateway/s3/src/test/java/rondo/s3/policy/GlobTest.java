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
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"*a", "*a?", "*?", "?", "*aaaaaaaaaaaaaaaa", "*aa?a"})
  void patterns_take_time_in_proportion_to_their_length(String part) {
    String text = "a".repeat(15_000);
    boolean matches =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> {
              Glob whole = Glob.of(part.repeat(18_000 / part.length()) + "*b", true);
              Glob parts = Glob.of(("*" + "a?".repeat(500) + "b").repeat(18), true);
              boolean matched = false;
              for (int n = 0; n < 20; n++) {
                matched |= whole.matches(text, false, ANN) || parts.matches(text, false, ANN);
              }
              return matched;
            });
    assertThat(matches).isFalse();
  }

  @Test
  void variables_are_expanded_no_further_than_the_text_is_long() {
    String long_ = "x".repeat(15_000);
    Glob pattern = Glob.of("arn:" + "${aws:useragent}".repeat(1_100), true);
    PolicyContext context = key -> List.of(long_);
    boolean matches =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(5),
            () -> {
              boolean matched = false;
              for (int n = 0; n < 1_000; n++) {
                matched |= pattern.matches("arn:y", false, context);
                matched |= pattern.equals("arn:y", false, context);
              }
              return matched;
            });
    assertThat(matches).isFalse();
    assertThat(Glob.of("a${aws:useragent}?", true).matches("a" + long_ + "b", false, context))
        .isTrue();
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

  @Test
  void long_runs_with_question_marks_agree_with_a_regular_expression() {
    var random = new Random(8);
    for (int i = 0; i < 500; i++) {
      String text = text(random, "abé", 400);
      var run = new StringBuilder(text.substring(random.nextInt(text.length() + 1)));
      run.setLength(random.nextInt(run.length() + 1));
      for (int n = random.nextInt(20); n > 0 && !run.isEmpty(); n--) {
        run.setCharAt(random.nextInt(run.length()), "?ab".charAt(random.nextInt(3)));
      }
      String pattern = "*" + run + "*";
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
