package rondo.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.config.StartException;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conditions and events of pods, against a stand-in for Kubernetes' API. */
final class PodConditionsTest {
  private static final String POD = "/api/v1/namespaces/store/pods/s-0";
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String WELL = page("true", "");
  private static final String ILL = page("false", "{\"sentence\": \"a copy is missing\"}");

  @TempDir Path account;

  private KubernetesStandIn server;

  @BeforeEach
  void start() throws IOException {
    server = KubernetesStandIn.start(account);
    server
        .objects()
        .put(
            POD,
            "{\"metadata\": {\"name\": \"s-0\", \"uid\": \"u1\"}, \"status\": {\"conditions\":"
                + " [{\"type\": \"Ready\", \"status\": \"True\"}]}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String page(String whole, String reasons) {
    return "{\"whole\": {\"good\": %s, \"reasons\": [%s]}, \"quorum\": {\"good\": true, \"reasons\": []}}"
        .formatted(whole, reasons);
  }

  private List<String> tell(String pod, @Nullable String page, Instant now)
      throws InterruptedException {
    JsonNode health = page == null ? null : JsonMapper.shared().readTree(page);
    return new PodConditions(server.api(), "store")
        .tell(pod, HealthCondition.of(health, "no answer"), now);
  }

  private JsonNode condition(String type) {
    return server
        .object(POD)
        .path("status")
        .path("conditions")
        .valueStream()
        .filter(one -> one.path("type").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> events() {
    return server.objects().keySet().stream()
        .filter(path -> path.contains("/events/"))
        .map(server::object)
        .toList();
  }

  @Test
  void a_pod_shows_what_its_node_says_and_keeps_its_other_conditions() throws Exception {
    assertThat(tell("s-0", WELL, NOON)).isEmpty();
    assertThat(condition("rondo/Whole").path("status").asString()).isEqualTo("True");
    assertThat(condition("rondo/Quorum").path("status").asString()).isEqualTo("True");
    assertThat(condition("Ready").path("status").asString()).isEqualTo("True");
    assertThat(events()).isEmpty();
  }

  @Test
  void a_change_is_told_once_with_its_reason_and_its_time() throws Exception {
    tell("s-0", WELL, NOON);
    assertThat(tell("s-0", ILL, NOON.plusSeconds(60))).containsExactly("s-0: rondo/Whole is False");
    assertThat(tell("s-0", ILL, NOON.plusSeconds(90))).isEmpty();
    JsonNode condition = condition("rondo/Whole");
    assertThat(condition.path("message").asString()).isEqualTo("a copy is missing");
    assertThat(condition.path("lastTransitionTime").asString()).isEqualTo("2026-01-01T12:01:00Z");
    assertThat(events()).hasSize(1);
    JsonNode event = events().getFirst();
    assertThat(event.path("type").asString()).isEqualTo("Warning");
    assertThat(event.path("reason").asString()).isEqualTo("WholeFalse");
    assertThat(event.path("involvedObject").path("uid").asString()).isEqualTo("u1");
    tell("s-0", WELL, NOON.plusSeconds(120));
    assertThat(events())
        .extracting(one -> one.path("type").asString())
        .containsExactlyInAnyOrder("Warning", "Normal");
  }

  @Test
  void another_reason_for_the_same_answer_changes_the_words_alone() throws Exception {
    tell("s-0", ILL, NOON);
    tell("s-0", ILL.replace("a copy is", "two copies are"), NOON.plusSeconds(60));
    JsonNode condition = condition("rondo/Whole");
    assertThat(condition.path("message").asString()).isEqualTo("two copies are missing");
    assertThat(condition.path("lastTransitionTime").asString()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(events()).hasSize(1);
  }

  @Test
  void a_node_that_gives_no_answer_is_unknown_without_an_event() throws Exception {
    tell("s-0", WELL, NOON);
    tell("s-0", null, NOON.plusSeconds(60));
    assertThat(condition("rondo/Whole").path("status").asString()).isEqualTo("Unknown");
    assertThat(events()).isEmpty();
  }

  @Test
  void what_was_told_is_not_written_again() throws Exception {
    tell("s-0", WELL, NOON);
    server.asked().clear();
    tell("s-0", WELL, NOON.plusSeconds(60));
    assertThat(server.asked()).containsExactly("GET " + POD);
  }

  @Test
  void a_pod_that_is_away_is_passed_over_and_missing_rights_are_a_sentence() throws Exception {
    assertThat(tell("s-9", WELL, NOON)).isEmpty();
    assertThatThrownBy(() -> tell("forbidden", WELL, NOON))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("refuses to show the pod forbidden")
        .hasMessageContaining("it is forbidden");
  }

  @Test
  void the_page_that_nodes_give_has_what_is_looked_for() {
    var report = new HealthReport(List.of(), List.of(), "");
    JsonNode page = JsonMapper.shared().valueToTree(report.view());
    assertThat(HealthCondition.of(page, "no answer"))
        .extracting(HealthCondition::status)
        .containsExactly("True", "True");
    assertThat(page.has(HealthQuestion.WHOLE.key())).isTrue();
  }
}
