package rondo.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.config.StartException;
import rondo.server.storage.JoinToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that ask Kubernetes, against a stand-in for its API. */
final class KubernetesApiTest {
  private static final String SECRETS = "/api/v1/namespaces/store/secrets";

  @TempDir Path account;

  private KubernetesStandIn server;
  private Map<String, String> objects;
  private List<String> asked;
  private KubernetesApi api;

  @BeforeEach
  void start() throws IOException {
    server = KubernetesStandIn.start(account);
    objects = server.objects();
    asked = server.asked();
    api = server.api();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String zone(String machine, String label) throws InterruptedException {
    return ZoneCommand.zone(api, machine, label);
  }

  @Test
  void a_zone_is_what_the_label_of_the_machine_says() throws InterruptedException {
    objects.put(
        "/api/v1/nodes/m1.example.com",
        "{\"metadata\": {\"labels\": {\"topology.kubernetes.io/zone\": \"eu-1a\", \"rack\":"
            + " \"r7\"}}}");
    assertThat(zone("m1.example.com", "topology.kubernetes.io/zone")).isEqualTo("eu-1a");
    assertThat(zone("m1.example.com", "rack")).isEqualTo("r7");
    assertThat(asked).containsOnly("GET /api/v1/nodes/m1.example.com");
  }

  @Test
  void a_machine_without_the_label_is_a_sentence_that_says_what_to_do() {
    objects.put("/api/v1/nodes/m1", "{\"metadata\": {\"labels\": {}}}");
    assertThatThrownBy(() -> zone("m1", "rack"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the machine m1 has no label rack")
        .hasMessageContaining("kubectl label node m1 rack=ZONE");
  }

  @Test
  void missing_rights_and_machines_are_sentences() {
    assertThatThrownBy(() -> zone("forbidden", "rack"))
        .hasMessageContaining("may not get nodes")
        .hasMessageContaining("it is forbidden");
    assertThatThrownBy(() -> zone("gone", "rack"))
        .hasMessageContaining("nothing of the machine gone");
  }

  @Test
  void an_api_that_is_away_is_a_sentence() {
    server.close();
    assertThatThrownBy(() -> zone("m1", "rack"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("Kubernetes' API at http://127.0.0.1");
  }

  private SecretsCommand command() {
    var command = new SecretsCommand();
    command.namespace = "store";
    command.root = "r";
    command.token = "t";
    command.admin = "a";
    command.hosts = List.of("store-admin.store.svc", "*.store-nodes.store.svc");
    return command;
  }

  private String value(String secret, String key) {
    JsonNode data = JsonMapper.shared().readTree(objects.get(SECRETS + "/" + secret)).path("data");
    return new String(
        Base64.getDecoder().decode(data.path(key).asString()), StandardCharsets.UTF_8);
  }

  @Test
  void secrets_are_made_once_and_fit_what_nodes_want() throws Exception {
    command().make(api);
    assertThat(objects.keySet())
        .containsExactlyInAnyOrder(SECRETS + "/r", SECRETS + "/t", SECRETS + "/a");
    assertThat(value("r", "access-key")).hasSizeGreaterThan(15);
    assertThat(JoinToken.parse(value("t", "join-token")).cluster()).isNull();
    var certificates = CertificateFactory.getInstance("X.509");
    var authority =
        certificates.generateCertificate(
            new ByteArrayInputStream(value("a", "ca.crt").getBytes(StandardCharsets.UTF_8)));
    var own =
        (X509Certificate)
            certificates.generateCertificate(
                new ByteArrayInputStream(value("a", "tls.crt").getBytes(StandardCharsets.UTF_8)));
    own.verify(authority.getPublicKey());
    assertThat(own.getSubjectAlternativeNames()).hasSize(5);
    var before = Map.copyOf(objects);
    command().make(api);
    assertThat(objects).isEqualTo(before);
  }

  @Test
  void a_secret_that_is_there_is_left_alone_and_one_without_its_keys_is_a_sentence()
      throws InterruptedException {
    objects.put(SECRETS + "/r", "{\"data\": {\"access-key\": \"QQ==\", \"secret-key\": \"QQ==\"}}");
    command().make(api);
    assertThat(asked).doesNotContain("PUT " + SECRETS + "/r");
    assertThat(objects.get(SECRETS + "/r")).contains("QQ==");
    objects.put(SECRETS + "/t", "{\"data\": {\"token\": \"QQ==\"}}");
    assertThatThrownBy(() -> command().make(api))
        .hasMessageContaining("the secret t is there, and has no key join-token");
  }
}
