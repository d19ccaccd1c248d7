package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.server.cli.option.ServerOptions;

/** Sets of values, each rendered and compared with Kubernetes' schemas and rules. */
final class ChartSetsTest {
  private interface Schema {
    void validate(JsonElement json) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.ofEntries(
          Map.entry("StatefulSet", V1StatefulSet::validateJsonElement),
          Map.entry("Service", V1Service::validateJsonElement),
          Map.entry("Secret", V1Secret::validateJsonElement),
          Map.entry("ServiceAccount", V1ServiceAccount::validateJsonElement),
          Map.entry("PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
          Map.entry("Role", V1Role::validateJsonElement),
          Map.entry("RoleBinding", V1RoleBinding::validateJsonElement),
          Map.entry("ClusterRole", V1ClusterRole::validateJsonElement),
          Map.entry("ClusterRoleBinding", V1ClusterRoleBinding::validateJsonElement),
          Map.entry("Job", V1Job::validateJsonElement),
          Map.entry("Deployment", V1Deployment::validateJsonElement),
          Map.entry("Pod", V1Pod::validateJsonElement),
          Map.entry("Ingress", V1Ingress::validateJsonElement),
          Map.entry("NetworkPolicy", V1NetworkPolicy::validateJsonElement),
          Map.entry("ConfigMap", V1ConfigMap::validateJsonElement),
          Map.entry("ValidatingAdmissionPolicy", V1ValidatingAdmissionPolicy::validateJsonElement),
          Map.entry(
              "ValidatingAdmissionPolicyBinding",
              V1ValidatingAdmissionPolicyBinding::validateJsonElement));

  /** Fields of the specifications of kinds for which the library has no schema. */
  private static final Map<String, Set<String>> OTHERS =
      Map.of(
          "PrometheusRule", Set.of("groups"),
          "PodMonitor", Set.of("selector", "podMetricsEndpoints"),
          "HTTPRoute", Set.of("parentRefs", "hostnames", "rules"),
          "Certificate", Set.of("secretName", "issuerRef", "dnsNames"));

  @TempDir Path folder;

  static List<String> sets() throws IOException {
    return RenderedChart.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void every_set_of_values_makes_what_a_cluster_and_the_program_take(String set)
      throws IOException {
    RenderedChart chart = RenderedChart.of(set);
    assertThat(chart.documents()).hasSizeGreaterThan(4);
    for (JsonObject document : chart.documents()) {
      String kind = document.get("kind").getAsString();
      Schema schema = SCHEMAS.get(kind);
      if (schema == null) {
        assertThat(OTHERS).containsKey(kind);
        assertThat(OTHERS.get(kind)).containsAll(document.getAsJsonObject("spec").keySet());
      } else {
        schema.validate(document);
      }
    }
    assertThat(ClusterRules.broken(chart)).isEmpty();
    Map<String, String> environment = ChartTest.environment(chart.documents());
    if (environment.containsKey("RONDO_ZONE_FILE")) {
      Path zone = Files.writeString(folder.resolve("zone"), "eu-1a\n");
      environment.put("RONDO_ZONE_FILE", zone.toString());
    }
    assertThat(ServerOptions.read(environment).cluster().expect()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"my.store,my-store-rondo", "1store,rondo-1store", "rondo,rondo"})
  void a_release_may_have_any_name_that_helm_takes(String release, String name) throws IOException {
    RenderedChart chart = RenderedChart.render(release, values(""));
    assertThat(ClusterRules.broken(chart)).isEmpty();
    assertThat(RenderedChart.name(chart.one("StatefulSet"))).isEqualTo(name);
  }

  @Test
  void the_longest_name_of_a_release_fits() throws IOException {
    assertThat(ClusterRules.broken(RenderedChart.render("s".repeat(53), values("")))).isEmpty();
  }

  @Test
  void rendering_without_a_cluster_is_refused_unless_it_is_stable() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.yaml"), "keepSecrets: true");
    assertThatThrownBy(() -> RenderedChart.render("t", kept))
        .hasMessageContaining("sees no cluster")
        .hasMessageContaining(
            "root.existingSecret, joinToken.existingSecret, admin.existingSecret");
    assertThat(RenderedChart.of("own-secrets.yaml"))
        .isEqualTo(RenderedChart.of("own-secrets.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodse: 5 | 'nodse' not allowed",
        "config: {replcas: 3} | 'replcas' not allowed",
        "storage: {more: [{name: a, size: 1Gi, clas: x}]} | 'clas' not allowed",
        "nodes: five | got string, want integer",
        "nodes: 0 | minimum",
        "storage: {size: plenty} | does not match pattern",
        "config: {scrubEvery: 7 days} | /config/scrubEvery",
        "service: {type: Cluster} | /service/type",
        "{nodes: 2, config: {replicas: 3}} | config.replicas is 3, and nodes is 2",
        "config: {readQuorum: 1, writeQuorum: 2} | more than the 3 copies",
        "config: {writeQuorum: 4} | can't be larger",
        "resources: {limits: {memory: 512Mi}} | a node needs 1Gi at least",
        "resources: {limits: {memory: lots}} | is no amount of memory",
        "memory: {heapPercent: 60, buffersPercent: 40} | a tenth of the memory",
        "root: {accessKey: a} | go together",
        "root: {existingSecret: a, accessKey: b, secretKey: c} | exclude each other",
        "tls: {enabled: true} | needs a certificate",
        "tls: {existingSecret: a} | tls.enabled is false",
        "tls: {enabled: true, certManager: {enabled: true}} | needs tls.certManager.issuer",
        "service: {nodePort: 30000} | needs service.type NodePort",
        "service: {loadBalancerClass: a} | need service.type LoadBalancer",
        "ingress: {enabled: true} | needs hosts",
        "httpRoute: {enabled: true, hosts: [a]} | needs httpRoute.parentRefs",
        "admin: {enabled: false} | shrinkGuard needs the admin API",
        "terminationGracePeriodSeconds: 20 | a stop takes up to 30 s",
        "zone: {from: name} | zone.name goes together",
        "{zone: {from: machineLabel}, serviceAccount: {create: false}} | service account of its"
            + " own",
        "{bootstrapSecrets: {enabled: true}, root: {accessKey: a, secretKey: b}} | leave"
            + " root.accessKey",
        "config: {vault: 'https://v'} | go together",
        "storage: {more: [{name: a, size: 1Gi}, {name: a, size: 1Gi}]} | two volumes 'a'",
        "declared: {buckets: [{name: A}]} | does not match pattern",
        "declared: {buckets: [{name: abc}, {name: abc}]} | declared.buckets has two 'abc'",
        "declared: {buckets: [{name: abc, policy: {}, grants: {a: read}}]} | has a policy and"
            + " grants",
        "declared: {users: [{name: a}, {name: a}]} | declared.users has two 'a'",
        "declared: {users: [{name: a, secrets: [{name: s}, {name: s, namespace: spaces}]}]} | is to"
            + " hold two keys",
        "{declared: {users: [{name: a}]}, admin: {enabled: false}, shrinkGuard: {enabled: false}} |"
            + " declared needs the admin API",
        "extraEnv: [{name: RONDO_DATA, value: /x}] | which the chart sets itself",
      })
  void contradicting_values_are_refused_with_a_sentence(String text, String sentence)
      throws IOException {
    Path values = values(text);
    assertThatThrownBy(() -> RenderedChart.render("t", values))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(sentence);
  }

  private Path values(String text) throws IOException {
    String without = text.startsWith("{") ? text.substring(1, text.length() - 1) : text;
    String own =
        text.startsWith("{")
            ? "{keepSecrets: false, " + without + "}"
            : "keepSecrets: false\n" + text;
    return Files.writeString(folder.resolve("values.yaml"), own);
  }
}
