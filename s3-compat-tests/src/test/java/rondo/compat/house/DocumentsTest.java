package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rondo.s3.error.S3Error;

/** Documents are short, and the types, options and files that they name exist. */
final class DocumentsTest {
  private static final int README_LINES = 130;
  private static final int README_ROWS = 10;
  private static final int PARAGRAPH_WORDS = 120;

  private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
  private static final Pattern QUALIFIED = Pattern.compile("rondo(\\.\\w+)+");
  private static final Pattern CLIENT_TEST = Pattern.compile("test_\\w+");
  private static final Pattern METRIC = Pattern.compile("rondo_[a-z0-9_]+");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]+");

  /** Types and options of other programs, which documents may name. */
  private static final Set<String> FOREIGN =
      Set.of("SortedTableMap", "--endpoint-url", "--addressing-style");

  @Test
  void the_readme_is_a_first_screen_and_little_more() throws IOException {
    Path readme = Sources.root().resolve("README.md");
    assertThat(Files.readAllLines(readme)).hasSizeLessThanOrEqualTo(README_LINES);
    assertThat(MarkdownPage.read(readme).longestTable()).isLessThanOrEqualTo(README_ROWS);
  }

  @Test
  void paragraphs_are_short() throws IOException {
    var found = new ArrayList<String>();
    for (MarkdownPage page : MarkdownPage.all()) {
      page.paragraphs().stream()
          .filter(paragraph -> paragraph.words() > PARAGRAPH_WORDS)
          .map(long_ -> "%s:%d: %d words".formatted(page.name(), long_.line(), long_.words()))
          .forEach(found::add);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void relative_links_resolve() throws IOException {
    var found = new ArrayList<String>();
    for (MarkdownPage page : MarkdownPage.all()) {
      for (String link : page.links()) {
        if (!link.contains("://") && !resolves(page, link)) {
          found.add(page.name() + ": " + link);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean resolves(MarkdownPage page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
  }

  @Test
  void every_document_is_in_the_index_of_its_folder() throws IOException {
    for (String folder : List.of("docs", "docs/notes")) {
      Path index = Sources.root().resolve(folder).resolve("README.md");
      Set<Path> linked =
          MarkdownPage.read(index).links().stream()
              .map(link -> index.resolveSibling(link.split("#", 2)[0]).normalize())
              .collect(Collectors.toSet());
      assertThat(
              MarkdownPage.all().stream()
                  .map(MarkdownPage::file)
                  .filter(file -> file.startsWith(index.getParent()) && !file.equals(index))
                  .filter(file -> folder.equals("docs/notes") || !isOfOtherIndex(file))
                  .filter(file -> !linked.contains(file)))
          .as(folder)
          .isEmpty();
    }
  }

  @Test
  void the_types_and_packages_that_documents_name_exist() throws IOException {
    Set<String> types = new TreeSet<>(FOREIGN);
    Set<String> qualified = new TreeSet<>();
    for (Path file : Sources.java()) {
      String path = file.toString().replaceFirst(".*/java/", "").replaceFirst("\\.java$", "");
      types.add(path.replaceFirst(".*/", ""));
      qualified.add(path.replace('/', '.'));
      qualified.add(path.replaceFirst("/[^/]*$", "").replace('/', '.'));
    }
    Stream.of(S3Error.values()).map(S3Error::code).forEach(types::add);
    assertThat(named(TYPE, types::contains)).isEmpty();
    assertThat(named(QUALIFIED, qualified::contains)).isEmpty();
  }

  @Test
  void the_tests_with_clients_that_documents_name_exist() throws IOException {
    String tests = texts(Sources.root().resolve("s3-compat-tests/clients"), ".py");
    assertThat(named(CLIENT_TEST, name -> tests.contains("def " + name + "("))).isEmpty();
  }

  @Test
  void the_metrics_that_documents_name_exist() throws IOException {
    Path catalogue =
        Sources.root().resolve("gateway/server/src/main/resources/rondo/server/metric/metrics.txt");
    String metrics = Files.readString(catalogue);
    assertThat(
            named(
                METRIC,
                name -> metrics.contains(" " + name + " ") || metrics.contains(" " + name + "{")))
        .isEmpty();
  }

  @Test
  void the_options_that_documents_name_exist() throws IOException {
    String all = program() + texts(Sources.root().resolve("s3-compat-tests"), "");
    var found = new TreeSet<String>();
    for (MarkdownPage page : current()) {
      for (String code : page.codes()) {
        OPTION
            .matcher(code)
            .results()
            .map(MatchResult::group)
            .filter(option -> !FOREIGN.contains(option) && !isOptionOf(all, option))
            .map(option -> page.name() + ": " + option)
            .forEach(found::add);
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isOptionOf(String sources, String option) {
    return Pattern.compile("[\"'\\[| ]" + option + "[\"' =:,|.\\])]").matcher(sources).find();
  }

  /** Names in the documents' code spans that have the form and don't exist. */
  private static Set<String> named(Pattern form, Predicate<String> there) throws IOException {
    var found = new TreeSet<String>();
    for (MarkdownPage page : current()) {
      for (String code : page.codes()) {
        if (form.matcher(code).matches() && !there.test(code)) {
          found.add(page.name() + ": " + code);
        }
      }
    }
    return found;
  }

  /** The documents that have to follow the code; notes stay as they were written. */
  private static List<MarkdownPage> current() throws IOException {
    return MarkdownPage.all().stream().filter(page -> !isNote(page.file())).toList();
  }

  /** Notes have their own index, and so have the pages for operators. */
  private static boolean isOfOtherIndex(Path file) {
    return isNote(file) || file.startsWith(Sources.root().resolve("docs/operate"));
  }

  private static boolean isNote(Path file) {
    return file.startsWith(Sources.root().resolve("docs/notes"));
  }

  private static String program() throws IOException {
    var text = new StringBuilder();
    for (Path file : Sources.java()) {
      if (!Sources.isTest(file)) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  /** The texts of a folder's scripts, concatenated. */
  private static String texts(Path folder, String ending) throws IOException {
    var text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(ending)) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }
}
