package rondo.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the console's pages. */
final class ConsoleFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/rondo/server/console");
  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new"
              + " Function|DOMParser");
  private static final Pattern IMPORT = Pattern.compile("from '\\./([a-z0-9-]+\\.js)'");

  /** What may name another host: an XML namespace, which nothing is fetched from. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:https?:)?//(?!www\\.w3\\.org/)[a-z]");

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(file -> !file.endsWith("files.txt")).sorted().toList();
    }
  }

  private static Path folder() {
    return Files.isDirectory(FOLDER) ? FOLDER : Path.of("gateway/server").resolve(FOLDER);
  }

  @Test
  void the_list_has_each_file_and_each_is_served() throws IOException {
    List<String> names = files().stream().map(file -> file.getFileName().toString()).toList();
    assertThat(Files.readAllLines(folder().resolve("files.txt"))).isEqualTo(names);
    var served = new ConsoleFiles();
    for (String name : names) {
      var page = Objects.requireNonNull(served.find("/" + name));
      assertThat(page.content().getBytes()).isEqualTo(Files.readAllBytes(folder().resolve(name)));
      assertThat(page.etag()).startsWith("\"").endsWith("\"");
    }
    assertThat(served.find("/")).isEqualTo(served.find("/index.html"));
    assertThat(served.find("/files.txt")).isNull();
    assertThat(served.find("/../ConsoleFiles.class")).isNull();
    assertThat(served.find("")).isNull();
  }

  @Test
  void each_import_is_a_file() throws IOException {
    for (Path file : files()) {
      var imports = IMPORT.matcher(Files.readString(file));
      while (imports.find()) {
        assertThat(folder().resolve(imports.group(1))).exists();
      }
    }
  }

  @Test
  void nothing_becomes_markup_stands_inline_or_comes_from_elsewhere() throws IOException {
    for (Path file : files()) {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      assertThat(MARKUP.matcher(text).results()).as("markup in " + file).isEmpty();
      assertThat(text.lines().count()).as("lines of " + file).isLessThanOrEqualTo(400);
      for (String line : text.lines().toList()) {
        boolean comment = line.strip().startsWith("//");
        assertThat(!comment && ELSEWHERE.matcher(line).find()).as(file + ": " + line).isFalse();
      }
    }
    String index = Files.readString(folder().resolve("index.html"));
    assertThat(index).doesNotContain("style=", "<style", "onclick", "onload");
    assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(index).find()).isFalse();
  }
}
