package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.server.cli.option.ServerOptions;
import rondo.server.config.Configuration;

/** What was once wrong with the chart, a test each. */
final class ChartFindingsTest {
  /** Named secrets, since making keys takes time. */
  private static final String NAMED =
      "keepSecrets: false\njoinToken: {existingSecret: t}\nadmin: {existingSecret: a}\n";

  @TempDir Path folder;

  private RenderedChart render(String values) throws IOException {
    Path file = folder.resolve("values.yaml");
    return RenderedChart.render("t", Files.writeString(file, NAMED + values));
  }

  private Map<String, String> environment(String values) throws IOException {
    return ChartTest.environment(render(values).documents());
  }

  private static JsonObject pod(RenderedChart chart) {
    return chart.one("StatefulSet").getAsJsonObject("spec").getAsJsonObject("template");
  }

  private static JsonObject node(RenderedChart chart) {
    return RenderedChart.list(pod(chart).getAsJsonObject("spec"), "containers").getFirst();
  }

  @Test
  void one_node_founds_its_cluster_alone() throws IOException {
    Configuration configuration = ServerOptions.read(environment("nodes: 1"));
    assertThat(configuration.cluster().expect()).isEqualTo(1);
    assertThat(configuration.cluster().seeds())
        .hasToString("[t-rondo-0.t-rondo-nodes.spaces.svc:9002]");
    assertThat(environment("nodes: 1").get("RONDO_ADVERTISE"))
        .isEqualTo("$(POD_NAME).t-rondo-nodes.spaces.svc:9002");
    assertThat(render("nodes: 1").all("PodDisruptionBudget")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "shardRows: 1000000,RONDO_SHARD_ROWS,1000000",
    "uploadsPerBucket: 2000000000,RONDO_UPLOADS_PER_BUCKET,2000000000",
    "compactRate: 0,RONDO_COMPACT_RATE,0",
    "copyRate: 0,RONDO_COPY_RATE,0",
    "readyQuorums: 0,RONDO_READY_QUORUMS,0",
    "sealSecrets: false,RONDO_SEAL_SECRETS,false",
  })
  void numbers_and_zeros_survive(String setting, String variable, String value) throws IOException {
    assertThat(environment("config: {" + setting + "}")).containsEntry(variable, value);
  }

  @Test
  void what_is_left_empty_is_not_set() throws IOException {
    assertThat(environment("config: {region: null, scrubEvery: ''}"))
        .doesNotContainKeys("RONDO_REGION", "RONDO_SCRUB_EVERY");
  }

  @Test
  void changed_keys_restart_the_pods_and_equal_ones_do_not() throws IOException {
    String one = checksum(render("root: {accessKey: A, secretKey: b}"));
    assertThat(checksum(render("root: {accessKey: A, secretKey: b}"))).isEqualTo(one);
    assertThat(checksum(render("root: {accessKey: A, secretKey: c}"))).isNotEqualTo(one);
  }

  @Test
  void an_older_key_of_root_stays_valid_where_it_is_named() throws IOException {
    RenderedChart chart = RenderedChart.of("own-keys.yaml");
    assertThat(chart.one("Secret").getAsJsonObject("data").get("older-access-key").getAsString())
        .isEqualTo("T0xERVI=");
    assertThat(ChartTest.environment(chart.documents())).containsKey("RONDO_ROOT_OLDER_ACCESS_KEY");
  }

  private static String checksum(RenderedChart chart) {
    return pod(chart)
        .getAsJsonObject("metadata")
        .getAsJsonObject("annotations")
        .get("rondo/secrets")
        .getAsString();
  }

  @ParameterizedTest
  @CsvSource({
    "nodes: 3,1",
    "nodes: 2,0",
    "'{nodes: 7, config: {replicas: 5}}',2",
    "'{nodes: 5, config: {replicas: 3, writeQuorum: 3, readQuorum: 1}}',0",
  })
  void the_disruption_budget_follows_the_quorums(String values, int away) throws IOException {
    String text = values.startsWith("{") ? values.substring(1, values.length() - 1) : values;
    JsonObject budget = render(text.replace(", config", "\nconfig")).one("PodDisruptionBudget");
    assertThat(budget.getAsJsonObject("spec").get("maxUnavailable").getAsInt()).isEqualTo(away);
  }

  @Test
  void heap_and_buffers_follow_from_the_limit() throws IOException {
    assertThat(environment("resources: {limits: {memory: 1Gi}}").get("JDK_JAVA_OPTIONS"))
        .isEqualTo("-XX:MaxRAMPercentage=50 -XX:MaxDirectMemorySize=268435456");
    assertThat(environment("resources: {limits: {memory: 16Gi}}").get("JDK_JAVA_OPTIONS"))
        .isEqualTo("-XX:MaxRAMPercentage=50 -XX:MaxDirectMemorySize=536870912");
  }

  @Test
  void nodes_are_asked_before_their_number_falls() throws IOException {
    List<JsonObject> jobs = render("nodes: 5").all("Job");
    assertThat(jobs.stream().map(RenderedChart::name))
        .containsExactly("t-rondo-scale-upgrade", "t-rondo-scale-rollback");
    JsonObject spec = jobs.getFirst().getAsJsonObject("spec").getAsJsonObject("template");
    JsonObject container =
        RenderedChart.list(spec.getAsJsonObject("spec"), "containers").getFirst();
    assertThat(container.get("args"))
        .hasToString("[\"node\",\"scale\",\"t-rondo\",\"5\",\"--limit=2h\"]");
  }

  @Test
  void an_https_certificate_is_mounted_where_the_program_looks_for_it() throws IOException {
    RenderedChart chart = render("tls: {enabled: true, existingSecret: mine}");
    assertThat(ChartTest.environment(chart.documents()))
        .containsEntry("RONDO_TLS_CERT", "/etc/rondo/tls/tls.crt")
        .containsEntry("RONDO_TLS_KEY", "/etc/rondo/tls/tls.key");
    assertThat(node(chart).get("volumeMounts").toString()).contains("/etc/rondo/tls");
    assertThat(pod(chart).toString()).contains("\"secretName\":\"mine\"");
  }

  @ParameterizedTest
  @CsvSource({
    "zone: {from: machine},spec.nodeName",
    "zone: {from: podLabel},metadata.labels['topology.kubernetes.io/zone']",
  })
  void a_zone_comes_from_the_machine_or_from_the_pod(String values, String path)
      throws IOException {
    JsonObject zone =
        RenderedChart.list(node(render(values)), "env").stream()
            .filter(it -> it.get("name").getAsString().equals("RONDO_ZONE"))
            .findFirst()
            .orElseThrow();
    assertThat(
            zone.getAsJsonObject("valueFrom")
                .getAsJsonObject("fieldRef")
                .get("fieldPath")
                .getAsString())
        .isEqualTo(path);
  }

  @Test
  void a_zone_is_read_by_a_container_that_alone_has_the_token() throws IOException {
    RenderedChart chart = render("zone: {from: machineLabel, label: example.com/rack}");
    JsonObject spec = pod(chart).getAsJsonObject("spec");
    JsonObject reader = RenderedChart.list(spec, "initContainers").getFirst();
    assertThat(reader.get("args"))
        .hasToString(
            "[\"kubernetes\",\"zone\",\"$(MACHINE)\",\"--label=example.com/rack\","
                + "\"--file=/etc/rondo/zone/zone\"]");
    assertThat(reader.get("volumeMounts").toString()).contains("serviceaccount");
    assertThat(node(chart).get("volumeMounts").toString()).doesNotContain("serviceaccount");
    assertThat(ChartTest.environment(chart.documents()))
        .containsEntry("RONDO_ZONE_FILE", "/etc/rondo/zone/zone")
        .doesNotContainKey("RONDO_ZONE");
    assertThat(RenderedChart.list(chart.one("ClusterRole"), "rules"))
        .hasToString("[{\"apiGroups\":[\"\"],\"resources\":[\"nodes\"],\"verbs\":[\"get\"]}]");
    assertThat(render("zone: {from: machine}").all("ClusterRole")).isEmpty();
  }

  @Test
  void a_job_makes_the_secrets_and_a_rendering_has_none() throws IOException {
    RenderedChart chart = RenderedChart.of("bootstrap.yaml");
    assertThat(chart).isEqualTo(RenderedChart.of("bootstrap.yaml"));
    assertThat(chart.all("Secret")).isEmpty();
    JsonObject job =
        chart.all("Job").stream()
            .filter(it -> RenderedChart.name(it).startsWith("t-rondo-secrets-"))
            .findFirst()
            .orElseThrow();
    assertThat(job.toString())
        .contains(
            "--root-secret=t-rondo-root",
            "--token-secret=t-rondo-join-token",
            "--admin-secret=t-rondo-admin-tls");
    assertThat(pod(chart).toString()).contains("t-rondo-root", "t-rondo-join-token");
    assertThat(RenderedChart.list(chart.one("Role"), "rules").getLast().get("resourceNames"))
        .hasToString("[\"t-rondo-admin-tls\",\"t-rondo-join-token\",\"t-rondo-root\"]");
  }
}
