package rondo.compat.chart;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.compat.house.Sources;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.metric.NodeMetrics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The dashboard and the alert rules: whole, and about metrics that there are. */
final class MonitoringTest {
  private static final Path FILES = Sources.root().resolve("docs/monitoring");
  private static final Path COPIES = Sources.root().resolve("helm/rondo/files");
  private static final Pattern SERIES = Pattern.compile("(rondo_[a-z0-9_]+)(?:\\{([^}]*)})?");

  private static final Pattern SELECTOR = Pattern.compile("([a-z]+)=~?\"([^\"]*)\"");

  /** What Prometheus adds, and what every metric with labels has. */
  private static final Set<String> OF_ALL = Set.of("instance", "node");

  private static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(Files.readString(FILES.resolve("alerts.yaml")));
  }

  private static JsonNode dashboard() throws IOException {
    return new JsonMapper().readTree(Files.readString(FILES.resolve("dashboard.json")));
  }

  private static List<JsonNode> rules() throws IOException {
    var rules = new ArrayList<JsonNode>();
    alerts().get("groups").forEach(group -> group.get("rules").forEach(rules::add));
    return rules;
  }

  private static List<String> expressions() throws IOException {
    var expressions = new ArrayList<String>();
    rules().forEach(rule -> expressions.add(rule.get("expr").asString()));
    for (JsonNode panel : dashboard().get("panels")) {
      panel.path("targets").forEach(target -> expressions.add(target.get("expr").asString()));
    }
    return expressions;
  }

  @Test
  void every_alert_says_what_to_do_and_where_to_read_on() throws IOException {
    assertThat(rules()).hasSizeGreaterThan(20);
    for (JsonNode rule : rules()) {
      String name = rule.get("alert").asString();
      assertThat(name).startsWith("Rondo");
      assertThat(rule.get("labels").get("severity").asString())
          .as(name)
          .isIn("critical", "warning", "info");
      JsonNode notes = rule.get("annotations");
      assertThat(notes.get("summary").asString()).as(name).contains("{{ $labels.");
      assertThat(notes.get("action").asString()).as(name).matches(".{20,}[.]");
      String[] place = notes.get("runbook").asString().split("#", 2);
      Path page = Sources.root().resolve(place[0]);
      assertThat(place[0]).as(name).startsWith("docs/");
      assertThat(page).as(name).exists();
      if (place.length > 1) {
        assertThat(anchors(Files.readAllLines(page))).as(name).contains(place[1]);
      }
    }
  }

  private static Set<String> anchors(List<String> page) {
    var anchors = new HashSet<String>();
    page.stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  @Test
  void every_series_is_one_of_the_catalogue_with_the_labels_that_it_has() throws IOException {
    Map<String, Set<String>> labels = catalogue();
    for (String expression : expressions()) {
      Matcher series = SERIES.matcher(expression);
      while (series.find()) {
        String name = series.group(1);
        String family = name.replaceFirst("_(bucket|count|sum)$", "");
        Set<String> known = labels.getOrDefault(name, labels.get(family));
        assertThat(known).as("%s of %s", name, expression).isNotNull();
        String selectors = Objects.requireNonNullElse(series.group(2), "");
        for (String selector : selectors.isEmpty() ? new String[0] : selectors.split(",")) {
          String label = selector.strip().replaceFirst("[=!].*", "");
          assertThat(OF_ALL.contains(label) || Objects.requireNonNull(known).contains(label))
              .as("%s of %s", label, name)
              .isTrue();
        }
      }
    }
  }

  private static Map<String, Set<String>> catalogue() throws IOException {
    try (InputStream file = NodeMetrics.class.getResourceAsStream("metrics.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      var labels = new HashMap<String, Set<String>>();
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        Matcher metric = SERIES.matcher(line);
        if (!line.startsWith("#") && metric.find()) {
          String named = Objects.requireNonNullElse(metric.group(2), "");
          labels.put(metric.group(1), Set.copyOf(Arrays.asList(named.split(","))));
        }
      }
      return labels;
    }
  }

  @Test
  void every_cause_of_health_has_an_alert() throws IOException {
    String all = rules().stream().map(rule -> rule.get("expr").asString()).collect(joining("\n"));
    List<Map<String, String>> reasons = selectors(all, "rondo_health_reason");
    List<Map<String, String>> warnings = selectors(all, "rondo_health_warning");
    for (HealthCause cause : HealthCause.values()) {
      for (HealthQuestion question : cause.questions()) {
        assertThat(reasons)
            .as("an alert for %s of %s", cause.key(), question.key())
            .anyMatch(labels ->
                cause.key().matches(labels.getOrDefault("reason", ".*"))
                    && question.key().matches(labels.getOrDefault("question", ".*")));
      }
      if (cause.isWarning()) {
        assertThat(warnings)
            .as("an alert for the warning %s", cause.key())
            .anyMatch(labels -> cause.key().matches(labels.getOrDefault("reason", ".*")));
      }
    }
  }

  /** The labels that each selector of a metric names, with what they are matched by. */
  private static List<Map<String, String>> selectors(String expressions, String metric) {
    var all = new ArrayList<Map<String, String>>();
    Matcher series = SERIES.matcher(expressions);
    while (series.find()) {
      if (series.group(1).equals(metric)) {
        var labels = new HashMap<String, String>();
        Matcher label = SELECTOR.matcher(Objects.requireNonNullElse(series.group(2), ""));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        all.add(labels);
      }
    }
    return all;
  }

  @Test
  void every_panel_has_a_title_a_unit_and_queries() throws IOException {
    var ids = new HashSet<Integer>();
    for (JsonNode panel : dashboard().get("panels")) {
      String title = panel.get("title").asString();
      assertThat(title).isNotEmpty();
      assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
      if (!panel.get("type").asString().equals("row")) {
        assertThat(panel.get("fieldConfig").get("defaults").get("unit").asString())
            .as(title)
            .isNotEmpty();
        assertThat(panel.get("targets").size()).as(title).isPositive();
      }
    }
  }

  @Test
  void the_chart_has_the_same_files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.toList()) {
        assertThat(COPIES.resolve(file.getFileName()))
            .as("copy %s to helm/rondo/files", file)
            .hasSameTextualContentAs(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"monitoring.dashboard", "monitoring.operator"})
  void the_chart_installs_them_where_they_are_asked_for(String value) throws IOException {
    List<JsonObject> plain = ChartTest.documents(ChartTest.render("nodes", "3"));
    List<JsonObject> more = ChartTest.documents(ChartTest.render(value, "true"));
    List<JsonObject> added = more.subList(plain.size(), more.size());
    assertThat(plain.toString()).doesNotContain("ConfigMap", "PrometheusRule");
    if (value.endsWith("dashboard")) {
      JsonObject map =
          more.stream().filter(it -> kind(it).equals("ConfigMap")).findFirst().orElseThrow();
      V1ConfigMap.validateJsonElement(map);
      String shown = map.getAsJsonObject("data").get("rondo.json").getAsString();
      assertThat(new JsonMapper().readTree(shown)).isEqualTo(dashboard());
    } else {
      assertThat(more.stream().map(MonitoringTest::kind)).contains("PrometheusRule", "PodMonitor");
      JsonObject rule =
          more.stream().filter(it -> kind(it).equals("PrometheusRule")).findFirst().orElseThrow();
      assertThat(new JsonMapper().readTree(rule.get("spec").toString())).isEqualTo(alerts());
    }
    assertThat(added).isNotEmpty();
  }

  private static String kind(JsonObject document) {
    return document.get("kind").getAsString();
  }
}
