package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rondo.s3.error.Difference;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.OtherOperation;

/**
 * The tables of {@code docs/s3.md} agree with the program. {@code -Dtables=write} writes them anew,
 * from the operations and profiles of the program and the last run of s3-tests.
 */
final class S3TablesTest {
  private static final Path PAGE = Sources.root().resolve("docs/s3.md");
  private static final Path SUITE = Sources.root().resolve("s3-compat-tests/suite");

  /** Operations outside S3's reference, to which other requests are routed. */
  private static final Set<Operation> OTHERS =
      Set.of(OtherOperation.WEBSITE, OtherOperation.NOT_IMPLEMENTED, OtherOperation.UNKNOWN);

  /** Markers that say where else a test fails or how it is run, and nothing about its subject. */
  private static final Set<String> PLUMBING =
      Set.of("(all)", "(none)", "auth_aws2", "auth_common", "auth_aws4", "tenant", "test_of_sts");

  @Test
  void the_tables_are_those_that_the_program_gives() throws IOException {
    String text = Files.readString(PAGE);
    String wanted =
        replaced(
            replaced(replaced(text, "operations", operations()), "suite", suite()),
            "profiles",
            profiles());
    if ("write".equals(System.getProperty("tables"))) {
      Files.writeString(PAGE, wanted);
      return;
    }
    assertThat(text).as("run: mvn test -Dtest=S3TablesTest -Dtables=write").isEqualTo(wanted);
  }

  @Test
  void every_operation_has_its_place_in_the_list() throws IOException {
    Set<String> listed =
        families().values().stream()
            .flatMap(List::stream)
            .map(S3TablesTest::constant)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed)
        .containsAll(
            known().filter(operation -> !OTHERS.contains(operation)).map(Operation::name).toList());
  }

  private static String replaced(String text, String name, String table) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertThat(to).as("the page's place for %s", name).isGreaterThan(from - 1);
    return text.substring(0, from) + table + text.substring(to);
  }

  private static Stream<Operation> known() {
    return Stream.of(Operation.class.getPermittedSubclasses())
        .flatMap(family -> Stream.of(family.getEnumConstants()))
        .map(Operation.class::cast);
  }

  private static String operations() throws IOException {
    Set<String> known = known().map(Operation::name).collect(Collectors.toUnmodifiableSet());
    var table = new StringBuilder("| | there | `501 NotImplemented` |\n|---|---|---|\n");
    families()
        .forEach((family, names) ->
            table
                .append("| ")
                .append(family)
                .append(" | ")
                .append(join(names.stream().filter(n -> known.contains(constant(n)))))
                .append(" | ")
                .append(join(names.stream().filter(n -> !known.contains(constant(n)))))
                .append(" |\n"));
    return table.toString();
  }

  private static String join(Stream<String> names) {
    return names.collect(Collectors.joining(" "));
  }

  private static String profiles() {
    var table = new StringBuilder("| `aws` | `compat` |\n|---|---|\n");
    for (Difference difference : Difference.values()) {
      table.append("| %s | %s |\n".formatted(difference.aws(), difference.compat()));
    }
    return table.toString();
  }

  private static String suite() throws IOException {
    var table = new StringBuilder("| about | pass | fail | skipped |\n|---|---|---|---|\n");
    for (String line : Files.readAllLines(SUITE.resolve("markers.txt"))) {
      List<String> cells = Arrays.asList(line.split(" ", -1));
      String marker = cells.getFirst();
      if (marker.equals("(all)") || !(PLUMBING.contains(marker) || marker.startsWith("fails_"))) {
        table
            .append("| ")
            .append(marker.equals("(all)") ? "**all**" : marker.replace('_', ' '))
            .append(" | ")
            .append(String.join(" | ", cells.subList(1, 4)))
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static Map<String, List<String>> families() throws IOException {
    Map<String, List<String>> families = new LinkedHashMap<>();
    List<String> family = new ArrayList<>();
    for (String line : Files.readAllLines(SUITE.resolve("operations.txt"))) {
      if (line.startsWith("[")) {
        family = new ArrayList<>();
        families.put(line.substring(1, line.length() - 1), family);
      } else if (!line.startsWith("#")) {
        family.addAll(List.of(line.split(" ", -1)));
      }
    }
    return families;
  }

  /** The operation's name as a constant, with an underscore before each capital letter. */
  private static String constant(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
