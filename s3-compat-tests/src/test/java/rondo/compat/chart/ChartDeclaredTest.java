package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jobs and the deployment that ask Kubernetes or the nodes, and what they may do. */
final class ChartDeclaredTest {
  private static JsonObject job(RenderedChart chart, String name) {
    return chart.all("Job").stream()
        .filter(it -> RenderedChart.name(it).startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject container(JsonObject owner) {
    JsonObject template = owner.getAsJsonObject("spec").getAsJsonObject("template");
    return RenderedChart.list(template.getAsJsonObject("spec"), "containers").getFirst();
  }

  private static Map<String, String> roles(RenderedChart chart, String name) {
    return chart.all("Role").stream()
        .filter(role -> RenderedChart.name(role).equals(name))
        .collect(
            Collectors.toMap(
                role -> {
                  var given = role.getAsJsonObject("metadata").get("namespace");
                  return given == null ? "" : given.getAsString();
                },
                role -> role.get("rules").toString()));
  }

  @Test
  void a_job_has_what_is_declared_with_numbers_as_they_were_given() throws IOException {
    RenderedChart chart = RenderedChart.of("declared.yaml");
    JsonObject map = chart.one("ConfigMap");
    JsonNode declared =
        JsonMapper.shared()
            .readTree(map.getAsJsonObject("data").get("declared.json").getAsString());
    JsonNode photos = declared.path("buckets").get(0);
    assertThat(photos.path("quota").path("objects").toString()).isEqualTo("1000000000");
    assertThat(photos.path("lifecycle").toString()).contains("\"Days\":1000000}");
    assertThat(declared.path("users").get(0).path("secrets").size()).isEqualTo(3);
    JsonObject container = container(job(chart, "t-rondo-declared-"));
    assertThat(container.get("args").toString())
        .contains(
            "reconcile",
            "--endpoint=https://t-rondo.spaces.svc:9000",
            "--endpoint-ca=/etc/rondo/tls/tls.crt",
            "--namespace=spaces");
    assertThat(container.get("volumeMounts").toString())
        .contains("/etc/rondo/tls", "/etc/rondo/declared", "serviceaccount");
    assertThat(RenderedChart.of("defaults.yaml").documents().toString())
        .doesNotContain("t-rondo-declared");
  }

  @Test
  void the_job_may_create_secrets_and_get_those_that_are_declared() throws IOException {
    String rules =
        "[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"create\"]},"
            + "{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"resourceNames\":[%s],"
            + "\"verbs\":[\"get\"]}]";
    assertThat(roles(RenderedChart.of("declared.yaml"), "t-rondo-declared"))
        .isEqualTo(
            Map.of(
                "spaces", rules.formatted("\"photos-key\""),
                "web", rules.formatted("\"more\",\"photos-key\"")));
  }

  @Test
  void jobs_sign_for_the_region_of_the_cluster() throws IOException {
    RenderedChart chart = RenderedChart.of("declared.yaml");
    for (String name : List.of("t-rondo-scale-upgrade", "t-rondo-declared-")) {
      assertThat(container(job(chart, name)).get("env").toString())
          .as(name)
          .contains("{\"name\":\"RONDO_REGION\",\"value\":\"eu-west-9\"}");
    }
  }

  @Test
  void a_deployment_tells_of_health_and_may_touch_the_pods_of_nodes_alone() throws IOException {
    RenderedChart chart = RenderedChart.of("conditions.yaml");
    JsonObject watch = chart.one("Deployment");
    JsonObject container = container(watch);
    assertThat(container.get("args"))
        .hasToString(
            "[\"kubernetes\",\"watch\",\"t-rondo\",\"4\",\"--namespace=spaces\","
                + "\"--health=.t-rondo-nodes.spaces.svc:9003\"]");
    assertThat(container.get("env").toString()).doesNotContain("ROOT");
    String pods = "[\"t-rondo-0\",\"t-rondo-1\",\"t-rondo-2\",\"t-rondo-3\"]";
    assertThat(roles(chart, "t-rondo-watch").get(""))
        .isEqualTo(
            ("[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"resourceNames\":%1$s,"
                    + "\"verbs\":[\"get\"]},{\"apiGroups\":[\"\"],\"resources\":[\"pods/status\"],"
                    + "\"resourceNames\":%1$s,\"verbs\":[\"patch\"]},{\"apiGroups\":[\"\"],"
                    + "\"resources\":[\"events\"],\"verbs\":[\"create\"]}]")
                .formatted(pods));
    assertThat(RenderedChart.of("defaults.yaml").all("Deployment")).isEmpty();
  }
}
