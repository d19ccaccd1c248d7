package rondo.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} has every metric; {@code -Dmetrics=write} writes it anew. */
final class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/metrics.md");

  private static final Pattern LINE = Pattern.compile("([a-z]+) ([a-z0-9_]+)(\\{[a-z_,]+})? (.*)");

  private static final String HEAD =
      """
      # Metrics

      `/metrics`, on the admin port and on that of `--health-listen`, answers in Prometheus' text format, without a signature. What to watch is the page on [operating](operate.md#what-to-watch). A test makes this page of what the program says about its metrics.

      Names of buckets and accounts are in no label, unless `--metrics-top` asks for some. Labels with the names of nodes and of data folders have as many values as there are of those. Every metric with labels has one more, `node`, with the node's own name. An *older name* shows the same value for dashboards that were made with it.

      The virtual machine, memory pools, collections, threads and files are in `jvm_*`, `process_*` and `system_*`, by the names of [Micrometer](https://docs.micrometer.io/micrometer/reference/reference/jvm.html).
      """;

  /** Units by the endings of names; the longest counts. */
  private static final Map<Pattern, String> UNITS =
      Map.of(
          Pattern.compile("_timestamp_seconds$"), "seconds since 1970",
          Pattern.compile("_seconds(_total|_left)?$"), "seconds",
          Pattern.compile("_bytes(_total)?$"), "bytes",
          Pattern.compile("_ratio$"), "0 to 1",
          Pattern.compile("_percent$"), "percent",
          Pattern.compile("_micros$"), "microseconds");

  @Test
  void the_page_has_every_metric() throws IOException {
    var page = new StringBuilder(HEAD);
    for (String line : catalogue().lines().toList()) {
      if (line.startsWith("## ")) {
        page.append('\n').append(line).append("\n\n");
        page.append("| metric | type | unit | meaning |\n|---|---|---|---|\n");
      } else if (!line.isBlank() && !line.startsWith("#")) {
        page.append(row(line));
      }
    }
    if ("write".equals(System.getProperty("metrics"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("written anew by -Dmetrics=write")
        .isEqualTo(page.toString());
  }

  @Test
  void names_end_in_their_units_and_counters_in_total() {
    MetricCatalogue.read()
        .byName()
        .forEach((name, metric) -> {
          boolean isCounter = metric.type() == MetricDescription.Type.COUNTER;
          assertThat(name.endsWith("_total")).as(name).isEqualTo(isCounter);
          assertThat(name).matches("(rondo|process)_[a-z0-9_]+");
          assertThat(metric.help()).as(name).matches("[A-Z0-9].*\\.");
          boolean isOlder = metric.help().startsWith("Older name");
          assertThat(name.matches(".*(micros|millis|percent).*")).as(name).isIn(false, isOlder);
        });
  }

  private static String row(String line) {
    Matcher parts = LINE.matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    String labels = Objects.requireNonNullElse(parts.group(3), "");
    return "| `%s%s` | %s | %s | %s |\n"
        .formatted(parts.group(2), labels, parts.group(1), unit(parts.group(2)), parts.group(4));
  }

  private static String unit(String name) {
    return UNITS.entrySet().stream()
        .filter(unit -> unit.getKey().matcher(name).find())
        .map(Map.Entry::getValue)
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static String catalogue() throws IOException {
    try (InputStream file = MetricCatalogue.class.getResourceAsStream("metrics.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
