package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule on package-infos finds maps that differ from their package. */
final class PackageMapsTest {
  private static final String BOTH =
      """
      /**
       * Counting.
       *
       * <ul>
       *   <li>{@link Tally} counts the answers
       *       of all.
       *   <li>{@link Outcome} is how it ends.
       * </ul>
       */
      @NullMarked
      package rondo.some;
      """;

  @Test
  void a_map_with_a_line_for_each_type_passes() {
    assertThat(breaches(BOTH, "Tally", "Outcome")).isEmpty();
  }

  @Test
  void a_numbered_list_is_an_argument() {
    String argument = BOTH.replace(" */", " * <ol>\n *   <li>First, this.\n * </ol>\n */");
    assertThat(breaches(argument, "Tally", "Outcome")).isEmpty();
  }

  @Test
  void a_type_that_the_map_lacks_is_told() {
    assertThat(breaches(BOTH, "Tally", "Outcome", "Round"))
        .containsExactly("package-info.java doesn't list Round: add <li>{@link Round} ...");
  }

  @Test
  void a_line_without_its_type_is_told() {
    assertThat(breaches(BOTH, "Tally"))
        .containsExactly("package-info.java lists Outcome, which the package hasn't: take it out");
  }

  @Test
  void a_type_listed_twice_is_told() {
    assertThat(breaches(BOTH.replace("Outcome", "Tally"), "Tally"))
        .containsExactly("package-info.java lists Tally twice: take one line out");
  }

  @Test
  void prose_around_names_is_no_list() {
    assertThat(breaches(BOTH.replace("<li>", ""), "Tally", "Outcome")).hasSize(2);
  }

  @Test
  void a_line_that_begins_otherwise_or_says_nothing_is_told() {
    String told = "package-info.java has a line that isn't <li>{@link Type} and a sentence";
    assertThat(breaches(BOTH.replace("<li>{@link Outcome}", "<li>The {@link Outcome}"), "Tally"))
        .singleElement()
        .asString()
        .startsWith(told);
    assertThat(breaches(BOTH.replace(" is how it ends.", ""), "Tally").getFirst()).startsWith(told);
  }

  @Test
  void a_package_without_null_marks_or_without_a_map_is_told() {
    assertThat(breaches(BOTH.replace("@NullMarked", ""), "Tally", "Outcome"))
        .containsExactly("package-info.java lacks @NullMarked: add it above the package's line");
    assertThat(PackageMaps.breaches(List.of(type("Tally"))))
        .containsExactly("rondo.some has no package-info.java: add one with a list of its types");
  }

  private static List<String> breaches(String info, String... types) {
    var sources = new ArrayList<ParsedSource>();
    sources.add(ParsedSource.of("package-info.java", info));
    for (String type : types) {
      sources.add(type(type));
    }
    return PackageMaps.breaches(sources);
  }

  private static ParsedSource type(String name) {
    return ParsedSource.of(name + ".java", "package rondo.some; class " + name + " {}");
  }
}
