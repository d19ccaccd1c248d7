package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of the house that only the source shows. */
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
  void every_package_says_what_is_in_it() throws IOException {
    assertThat(
            Sources.java().stream()
                .filter(file -> !Sources.isTest(file))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
        .isEmpty();
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
