package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule on comments finds Javadocs that lean on others. */
final class CommentRulesTest {
  @Test
  void a_javadoc_that_begins_with_the_same_is_told() {
    assertThat(leaning("/** The same, backwards. */\nclass Some {}"))
        .containsExactly(
            "Some.java:1: a Javadoc begins \"The same\": say what it is, for those who see it"
                + " alone");
    assertThat(leaning("\n/**\n * The same\n * bytes.\n */\nclass Some {}"))
        .singleElement()
        .asString()
        .startsWith("Some.java:2:");
  }

  @Test
  void other_uses_of_the_words_pass() {
    assertThat(leaning("/** Gives the same. The same again. */\nclass Some {} // The same"))
        .isEmpty();
  }

  private static List<String> leaning(String text) {
    return CommentRules.leaning(List.of(ParsedSource.of("Some.java", text)));
  }
}
