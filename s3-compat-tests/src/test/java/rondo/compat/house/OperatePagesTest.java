package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each page for operators is in their index, and a test performs it. */
final class OperatePagesTest {
  private static final Path CLIENTS = Sources.root().resolve("s3-compat-tests/clients");
  private static final Pattern OWN_TEST =
      Pattern.compile("`s3-compat-tests/clients/(test_\\w+\\.py)`");
  private static final Pattern IN_PROCESS = Pattern.compile("[Tt]ests? `(\\w+Test)`");
  private static final Pattern LISTED = Pattern.compile("(?m)^ {4}\"([a-z-]+)\",");

  @Test
  void the_index_lists_each_page() throws IOException {
    Path index = Sources.root().resolve("docs/operate.md");
    Set<Path> linked =
        MarkdownPage.read(index).links().stream()
            .map(link -> index.resolveSibling(link.split("#", 2)[0]).normalize())
            .collect(Collectors.toSet());
    assertThat(linked).containsAll(pages());
  }

  @Test
  void a_test_performs_each_page() throws IOException {
    var idle = new TreeSet<String>();
    Set<String> listed = listed();
    for (Path page : pages()) {
      String name = page.getFileName().toString().replace(".md", "");
      if (!listed.contains(name) && !namesItsTest(page)) {
        idle.add(name);
      }
    }
    assertThat(idle)
        .as("neither in test_operate.py nor naming the test that performs it")
        .isEmpty();
  }

  @Test
  void each_page_that_is_performed_has_commands() throws IOException {
    for (String name : listed()) {
      assertThat(Sources.root().resolve("docs/operate").resolve(name + ".md"))
          .content()
          .contains("```console");
    }
  }

  /** The pages that {@code test_operate.py} performs. */
  private static Set<String> listed() throws IOException {
    var listed = new TreeSet<>(Set.of("install"));
    Matcher names = LISTED.matcher(Files.readString(CLIENTS.resolve("test_operate.py")));
    names.results().map(name -> name.group(1)).forEach(listed::add);
    return listed;
  }

  private static boolean namesItsTest(Path page) throws IOException {
    String text = Files.readString(page);
    Matcher named = OWN_TEST.matcher(text);
    Matcher inProcess = IN_PROCESS.matcher(text);
    return (named.find() && Files.exists(CLIENTS.resolve(named.group(1))))
        || (inProcess.find() && isTest(inProcess.group(1) + ".java"));
  }

  private static boolean isTest(String file) throws IOException {
    Path server = Sources.root().resolve("gateway/server/src/test/java");
    try (Stream<Path> tests = Files.walk(server)) {
      return tests.anyMatch(it -> it.endsWith(file));
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(Sources.root().resolve("docs/operate"))) {
      return files.sorted().toList();
    }
  }
}
