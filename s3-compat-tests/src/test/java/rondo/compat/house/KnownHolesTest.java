package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No library of the class path has a hole that {@code known-holes.txt} lists. Works offline. */
final class KnownHolesTest {
  private static final Pattern LINE = Pattern.compile("(\\S+):(\\S+) < (\\S+) {3}(.+)");

  /** A local repository's layout: group as folders, artifact, version, file. */
  private static final Pattern JAR = Pattern.compile("(.+)/([^/]+)/([^/]+)/\\2-\\3[^/]*\\.jar");

  private record Hole(String group, String artifact, String mended, String advisories) {
    boolean isIn(Library library) {
      return library.artifact().equals(artifact)
          && library.folder().endsWith("/" + group.replace('.', '/'))
          && isBelow(library.version(), mended);
    }
  }

  private record Library(String folder, String artifact, String version) {}

  @Test
  void no_library_has_a_known_hole() throws IOException {
    List<Library> libraries = libraries();
    assertThat(libraries).extracting(Library::artifact).contains("vertx-core", "netty-codec-http");
    var found = new ArrayList<String>();
    for (Hole hole : holes()) {
      libraries.stream()
          .filter(hole::isIn)
          .forEach(library -> found.add(library + ": " + hole.advisories()));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void an_old_library_would_be_found() throws IOException {
    var old = new Library("/m2/io/netty", "netty-codec-http", "4.2.13.Final");
    assertThat(holes()).filteredOn(hole -> hole.isIn(old)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.13.Final, 4.2.18, true",
    "4.2.18.Final, 4.2.18, false",
    "4.10.0, 4.9.9, false",
    "1.9, 1.9.1, true",
    "33.8.0-jre, 32.0.0, false"
  })
  void versions_are_compared_by_their_numbers(String one, String other, boolean below) {
    assertThat(isBelow(one, other)).isEqualTo(below);
  }

  private static List<Hole> holes() throws IOException {
    var holes = new ArrayList<Hole>();
    Path list = Sources.root().resolve("s3-compat-tests/known-holes.txt");
    for (String line : Files.readAllLines(list)) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        Matcher parts = LINE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        holes.add(new Hole(parts.group(1), parts.group(2), parts.group(3), parts.group(4)));
      }
    }
    return holes;
  }

  private static List<Library> libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(path -> JAR.matcher(path.replace('\\', '/')))
        .filter(Matcher::matches)
        .map(jar -> new Library(jar.group(1), jar.group(2), jar.group(3)))
        .toList();
  }

  private static boolean isBelow(String version, String other) {
    int[] mine = numbers(version);
    int[] others = numbers(other);
    int length = Math.max(mine.length, others.length);
    return Arrays.compare(Arrays.copyOf(mine, length), Arrays.copyOf(others, length)) < 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[.-]", -1))
        .takeWhile(part -> part.matches("[0-9]{1,9}"))
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
