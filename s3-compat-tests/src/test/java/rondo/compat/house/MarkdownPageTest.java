package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownPageTest {
  private static MarkdownPage page(String... lines) {
    return MarkdownPage.of(Path.of("page.md"), List.of(lines));
  }

  private static List<Integer> words(MarkdownPage page) {
    return page.paragraphs().stream().map(MarkdownPage.Paragraph::words).toList();
  }

  @Test
  void a_paragraph_ends_at_an_empty_line() {
    assertThat(words(page("one two", "three", "", "four"))).containsExactly(3, 1);
  }

  @Test
  void items_and_headings_are_paragraphs_of_their_own() {
    assertThat(words(page("# A title", "one", "- two three", "  four", "1. five")))
        .containsExactly(4, 4, 2);
  }

  @Test
  void cells_are_paragraphs_and_code_is_none() {
    assertThat(words(page("| one two | three |", "```", "four five", "```"))).containsExactly(2, 1);
  }

  @Test
  void a_paragraph_says_where_it_begins() {
    assertThat(page("one", "", "two", "three").paragraphs().getLast().line()).isEqualTo(3);
  }

  @Test
  void the_longest_table_is_counted_without_its_head() {
    assertThat(page("| a |", "|---|", "| 1 |", "| 2 |", "", "| b |", "|---|").longestTable())
        .isEqualTo(2);
  }

  @Test
  void links_codes_and_anchors_are_found() {
    MarkdownPage page = page("## What's `there`, now?", "[a](b.md#c) and `--d`");
    assertThat(page.links()).containsExactly("b.md#c");
    assertThat(page.codes()).containsExactly("there", "--d");
    assertThat(page.anchors()).containsExactly("whats-there-now");
  }
}
