package rondo.server.kubernetes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Writes conditions of pods, and an event for each that changes to yes or no. What was written last
 * is read from the pod, so that a restart of the writer repeats nothing.
 */
record PodConditions(KubernetesApi api, String namespace) {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ABSENT = 404;

  /**
   * Has a pod show these conditions; a pod that isn't there is passed over.
   *
   * @return what changed, in words; empty where nothing did
   * @throws StartException when Kubernetes refuses
   */
  List<String> tell(String pod, List<HealthCondition> conditions, Instant now)
      throws InterruptedException {
    String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod;
    KubernetesApi.Answer found = api.get(path);
    if (found.status() == ABSENT) {
      return List.of();
    }
    require(found, OK, "to show the pod " + pod);
    var changed = new ArrayList<String>();
    for (HealthCondition condition : conditions) {
      JsonNode shown = shown(found.body(), condition.type());
      boolean turned = !shown.path("status").asString("").equals(condition.status());
      if (turned || !shown.path("message").asString("").equals(condition.message())) {
        String since = turned ? time(now) : shown.path("lastTransitionTime").asString(time(now));
        KubernetesApi.Answer patched = api.patch(path + "/status", patch(condition, since));
        if (patched.status() == ABSENT) {
          return changed;
        }
        require(patched, OK, "to change the status of the pod " + pod);
      }
      // A pod that is new and well is no news, and a silent one has Kubernetes' own events.
      if (turned && (condition.isNo() || (condition.isYes() && !shown.isMissingNode()))) {
        event(found.body(), condition, now);
        changed.add("%s: %s is %s".formatted(pod, condition.type(), condition.status()));
      }
    }
    return changed;
  }

  private static JsonNode shown(JsonNode pod, String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static Map<String, Object> patch(HealthCondition condition, String since) {
    return Map.of(
        "status",
        Map.of(
            "conditions",
            List.of(
                Map.of(
                    "type", condition.type(),
                    "status", condition.status(),
                    "reason", condition.reason(),
                    "message", condition.message(),
                    "lastTransitionTime", since))));
  }

  private void event(JsonNode pod, HealthCondition condition, Instant now)
      throws InterruptedException {
    JsonNode metadata = pod.path("metadata");
    String name = metadata.path("name").asString("");
    var event = new LinkedHashMap<String, Object>();
    event.put("apiVersion", "v1");
    event.put("kind", "Event");
    event.put("metadata", Map.of("name", name + "." + UUID.randomUUID(), "namespace", namespace));
    event.put(
        "involvedObject",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "name",
            name,
            "namespace",
            namespace,
            "uid",
            metadata.path("uid").asString("")));
    event.put("type", condition.isNo() ? "Warning" : "Normal");
    event.put("reason", condition.type().replace("rondo/", "") + condition.status());
    event.put("message", condition.message());
    event.put("source", Map.of("component", "rondo"));
    event.put("firstTimestamp", time(now));
    event.put("lastTimestamp", time(now));
    event.put("count", 1);
    KubernetesApi.Answer made = api.post("/api/v1/namespaces/" + namespace + "/events", event);
    require(made, CREATED, "an event of the pod " + name);
  }

  /** Kubernetes' times have whole seconds. */
  private static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void require(KubernetesApi.Answer answer, int status, String what) {
    if (answer.status() != status) {
      throw new StartException("Kubernetes refuses %s: %s".formatted(what, answer.words()));
    }
  }
}
