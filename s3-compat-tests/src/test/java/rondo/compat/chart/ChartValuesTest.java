package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rondo.server.cli.option.ServerOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The chart's values, its schema, its README and the program's settings name the same things. */
final class ChartValuesTest {
  /** Settings of the program that the chart makes from other values. */
  private static final Set<String> MADE =
      Set.of(
          "RONDO_DATA",
          "RONDO_S3_LISTEN",
          "RONDO_ADMIN_LISTEN",
          "RONDO_ADMIN_TLS_CERT",
          "RONDO_ADMIN_TLS_KEY",
          "RONDO_HEALTH_LISTEN",
          "RONDO_NODE_LISTEN",
          "RONDO_ADVERTISE",
          "RONDO_JOIN",
          "RONDO_TOKEN_FILE",
          "RONDO_EXPECT",
          "RONDO_REJOIN",
          "RONDO_NODE",
          "RONDO_ZONE",
          "RONDO_ZONE_FILE",
          "RONDO_TLS_CERT",
          "RONDO_TLS_KEY",
          "RONDO_MASTER_KEYS");

  /** A node of its own founds by {@code --expect 1}, and files of settings can be mounted. */
  private static final Set<String> NOT_OFFERED = Set.of("RONDO_FOUND", "RONDO_CONFIG");

  private static JsonNode values() throws IOException {
    return new YAMLMapper().readTree(Files.readString(RenderedChart.CHART.resolve("values.yaml")));
  }

  private static JsonNode schema() throws IOException {
    return new JsonMapper()
        .readTree(Files.readString(RenderedChart.CHART.resolve("values.schema.json")));
  }

  @Test
  void the_table_in_the_readme_is_that_of_the_values() throws IOException {
    List<String> table =
        ValueTable.of(Files.readAllLines(RenderedChart.CHART.resolve("values.yaml")));
    List<String> readme = Files.readAllLines(RenderedChart.CHART.resolve("README.md"));
    assertThat(readme.stream().filter(line -> line.startsWith("| `") || line.startsWith("| value")))
        .containsExactlyElementsOf(
            table.stream().filter(line -> !line.startsWith("|---")).toList());
  }

  @Test
  void the_schema_knows_each_value_and_no_other() throws IOException {
    var different = new ArrayList<String>();
    compare("", values(), schema(), different);
    assertThat(different).isEmpty();
  }

  private static void compare(String path, JsonNode values, JsonNode schema, List<String> found) {
    JsonNode properties = schema.path("properties");
    if (properties.isMissingNode()) {
      return;
    }
    if (schema.path("additionalProperties").asBoolean(true)) {
      found.add(path + " takes unknown keys");
    }
    Set<String> known = new TreeSet<>(properties.propertyNames());
    known.remove("global");
    if (path.equals(".resources") || path.endsWith("Guard.resources")) {
      known.remove("claims");
    }
    if (!known.equals(new TreeSet<>(values.propertyNames()))) {
      found.add(path + ": " + known + " in the schema, " + values.propertyNames());
    }
    for (String name : known) {
      compare(path + "." + name, values.path(name), properties.path(name), found);
    }
  }

  @Test
  void the_config_has_each_setting_that_the_chart_does_not_make_itself() throws IOException {
    Set<String> offered =
        values().path("config").propertyNames().stream()
            .map(name ->
                "RONDO_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    var wanted = new TreeSet<>(ServerOptions.variables());
    wanted.removeAll(MADE);
    wanted.removeAll(NOT_OFFERED);
    wanted.removeIf(name -> name.equals("RONDO_HELP") || name.equals("RONDO_VERSION"));
    assertThat(offered).isEqualTo(wanted);
  }
}
