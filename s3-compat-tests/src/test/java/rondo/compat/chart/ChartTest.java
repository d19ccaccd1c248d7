package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.marcnuri.helm.Helm;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.compat.house.Sources;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.MasterKeys;
import rondo.server.cli.option.ServerOptions;
import rondo.server.config.Configuration;
import rondo.server.config.HostPort;
import rondo.server.storage.JoinToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The Helm chart is linted, rendered, and compared with Kubernetes' schemas and the program's
 * options.
 */
final class ChartTest {
  private interface Schema {
    void validate(JsonElement json) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "StatefulSet", V1StatefulSet::validateJsonElement,
          "Service", V1Service::validateJsonElement,
          "Secret", V1Secret::validateJsonElement,
          "ServiceAccount", V1ServiceAccount::validateJsonElement,
          "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

  private static final Path CHART = Sources.root().resolve("helm/rondo");

  @Test
  void the_chart_has_no_lint() {
    var result = new Helm(CHART).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"nodes,3", "nodes,1", "root.existingSecret,mine", "service.type,LoadBalancer"})
  void every_document_fits_its_schema(String value, String setting) throws IOException {
    List<JsonObject> documents = documents(render(value, setting));
    assertThat(documents).hasSizeGreaterThan(5);
    for (JsonObject document : documents) {
      Objects.requireNonNull(SCHEMAS.get(document.get("kind").getAsString())).validate(document);
    }
  }

  @Test
  void the_schemas_notice_a_wrong_field() throws IOException {
    JsonObject set = ofKind("StatefulSet", documents(render("nodes", "3")));
    set.getAsJsonObject("spec")
        .getAsJsonObject("template")
        .getAsJsonObject("spec")
        .addProperty("terminationGracePeriod", 3);
    assertThatThrownBy(() -> V1StatefulSet.validateJsonElement(set))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("terminationGracePeriod");
  }

  @Test
  void a_node_knows_every_seed() throws IOException {
    assertThat(environment(documents(render("nodes", "3"))).get("RONDO_JOIN"))
        .isEqualTo(
            "t-rondo-0.t-rondo-nodes.spaces.svc:9002,t-rondo-1.t-rondo-nodes.spaces.svc:9002,"
                + "t-rondo-2.t-rondo-nodes.spaces.svc:9002");
  }

  @Test
  void every_variable_is_one_that_the_program_reads() throws IOException {
    var known = new TreeSet<>(ServerOptions.variables());
    known.addAll(
        List.of(
            "RONDO_ROOT_ACCESS_KEY",
            "RONDO_ROOT_SECRET_KEY",
            "RONDO_ROOT_OLDER_ACCESS_KEY",
            "RONDO_ROOT_OLDER_SECRET_KEY",
            "RONDO_ADMIN",
            "RONDO_CA",
            "JDK_JAVA_OPTIONS",
            "POD_NAME"));
    assertThat(known)
        .containsAll(environment(documents(render("config.capacity", "2TB"))).keySet());
  }

  @Test
  void the_chart_s_settings_make_a_configuration() throws IOException {
    Map<String, String> environment = environment(documents(render("nodes", "3")));
    Configuration configuration = ServerOptions.read(environment);
    assertThat(configuration.cluster().expect()).isEqualTo(3);
    assertThat(configuration.cluster().seeds()).hasSize(3);
    assertThat(configuration.s3().profile()).isEqualTo(Configuration.Profile.AWS);
    assertThat(configuration.storage().durability()).isEqualTo(Configuration.Durability.FSYNC);
    assertThat(configuration.endpoints().admin().certificate())
        .isEqualTo(Path.of("/etc/rondo/admin/tls.crt"));
    assertThat(configuration.endpoints().admin().health()).isEqualTo(new HostPort("0.0.0.0", 9003));
  }

  @Test
  void the_chart_s_token_has_master_keys_that_do_not_follow_from_its_authority()
      throws IOException {
    JoinToken token = JoinToken.parse(secret("join-token", documents(render("nodes", "3"))));
    String keys = Objects.requireNonNull(token.masterKeys());
    MasterKeys read = MasterKeys.parse(keys);
    for (String name : List.of(MasterKeys.S3, MasterKeys.DEFAULT_KMS)) {
      assertThat(read.wrap(name, DataKey.random(), ByteString.EMPTY)).isNotNull();
    }
    byte[] authority = Objects.requireNonNull(token.authority().key()).getEncoded();
    assertThat(keys).isNotEqualTo(MasterKeys.derivedFile(authority));
  }

  /** The value of that name in one of the chart's secrets. */
  private static String secret(String name, List<JsonObject> documents) {
    return documents.stream()
        .filter(document -> document.get("kind").getAsString().equals("Secret"))
        .map(document -> document.getAsJsonObject("data"))
        .filter(data -> data.has(name))
        .map(data ->
            new String(
                Base64.getDecoder().decode(data.get(name).getAsString()), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  static Map<String, String> environment(List<JsonObject> documents) {
    var variables = new java.util.TreeMap<String, String>();
    ofKind("StatefulSet", documents)
        .getAsJsonObject("spec")
        .getAsJsonObject("template")
        .getAsJsonObject("spec")
        .getAsJsonArray("containers")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("env")
        .forEach(entry -> {
          JsonObject variable = entry.getAsJsonObject();
          variables.put(
              variable.get("name").getAsString(),
              variable.has("value") ? variable.get("value").getAsString() : "");
        });
    return variables;
  }

  static String render(String value, String setting) {
    return new Helm(CHART)
        .template()
        .withName("t")
        .withNamespace("spaces")
        .withKubeVersion("1.31.0")
        .set("keepSecrets", false)
        .set(value, setting)
        .call();
  }

  static List<JsonObject> documents(String yaml) {
    var json = new JsonMapper();
    var documents = new ArrayList<JsonObject>();
    try (var nodes = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      nodes.forEachRemaining(node -> {
        if (node.isObject()) {
          documents.add(JsonParser.parseString(json.writeValueAsString(node)).getAsJsonObject());
        }
      });
    }
    return documents;
  }

  private static JsonObject ofKind(String kind, List<JsonObject> documents) {
    return documents.stream()
        .filter(document -> document.get("kind").getAsString().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
