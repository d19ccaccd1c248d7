package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of the house that only source files show. */
final class SourceRulesTest {
  private static final int LONGEST_FILE = 300;
  private static final int LONGEST_TEST = 500;

  @Test
  void files_are_short() throws IOException {
    var long_ = new ArrayList<String>();
    for (Path file : Sources.java()) {
      int lines = Files.readAllLines(file).size();
      if (lines > (Sources.isTest(file) ? LONGEST_TEST : LONGEST_FILE)) {
        long_.add(Sources.root().relativize(file) + ": " + lines + " lines");
      }
    }
    assertThat(long_).isEmpty();
  }

  @Test
  void tests_do_not_sleep() throws IOException {
    assertThat(matches(true, "Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep")).isEmpty();
  }

  @Test
  void every_package_lists_its_types_and_what_they_do() {
    assertThat(PackageMaps.breaches(Sources.program())).isEmpty();
  }

  @Test
  void packages_can_be_overlooked() {
    assertThat(ShapeRules.crowdedPackages(Sources.program())).isEmpty();
  }

  @Test
  void a_simple_name_stands_once_in_the_house() {
    assertThat(ShapeRules.repeatedNames(Sources.program())).isEmpty();
  }

  @Test
  void methods_constructors_and_lambdas_are_short() {
    assertThat(ShapeRules.longBodies(Sources.program())).isEmpty();
  }

  @Test
  void constructors_and_records_take_few_parameters() {
    assertThat(ShapeRules.wideSignatures(Sources.program())).isEmpty();
  }

  /** A tooltip shows a Javadoc alone: it can't lean on the one above it. */
  @Test
  void every_javadoc_can_be_read_alone() {
    assertThat(CommentRules.leaning(Sources.program())).isEmpty();
  }

  @Test
  void nothing_is_left_for_later() throws IOException {
    assertThat(matches(false, "\\b(TODO|FIXME|XXX)\\b")).isEmpty();
  }

  @Test
  void text_does_not_depend_on_the_locale() throws IOException {
    assertThat(matches(false, "\\.to(Lower|Upper)Case\\(\\)")).isEmpty();
  }

  private static List<String> matches(boolean tests, String regex) throws IOException {
    var pattern = Pattern.compile(regex);
    var found = new ArrayList<String>();
    for (Path file : Sources.java()) {
      if (Sources.isTest(file) != tests || file.endsWith("SourceRulesTest.java")) {
        continue;
      }
      for (String line : Files.readAllLines(file)) {
        if (pattern.matcher(line).find()) {
          found.add(Sources.root().relativize(file) + ": " + line.strip());
        }
      }
    }
    return found;
  }
}
