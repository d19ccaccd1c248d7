package rondo.compat.chart;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an API server or a kubelet would refuse, beyond the types of fields: names, labels, and
 * references from one object to another.
 */
final class ClusterRules {
  private static final String LABEL = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";
  private static final String SERVICE = "^[a-z]([-a-z0-9]*[a-z0-9])?$";
  private static final String SUBDOMAIN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
  private static final String PORT = "^[a-z0-9-]{1,15}$";
  private static final int LONGEST_LABEL = 63;

  private final RenderedChart chart;
  private final List<String> broken = new ArrayList<>();

  private ClusterRules(RenderedChart chart) {
    this.chart = chart;
  }

  /** The rules that documents break, in words. */
  static List<String> broken(RenderedChart chart) {
    var rules = new ClusterRules(chart);
    chart.documents().forEach(rules::names);
    rules.chart.pods().forEach(rules::pod);
    rules.chart.all("Service").forEach(rules::service);
    JsonObject spec = chart.one("StatefulSet").getAsJsonObject("spec");
    rules.check(
        selects(spec.getAsJsonObject("selector").getAsJsonObject("matchLabels"), nodes(chart)),
        "the stateful set doesn't select its pods");
    return rules.broken;
  }

  private void check(boolean holds, String sentence) {
    if (!holds) {
      broken.add(sentence);
    }
  }

  private void names(JsonObject document) {
    String kind = document.get("kind").getAsString();
    String name = RenderedChart.name(document);
    check(
        name.matches(kind.equals("Service") ? SERVICE : SUBDOMAIN)
            && name.length() <= LONGEST_LABEL,
        kind + " can't be called " + name);
    JsonObject metadata = document.getAsJsonObject("metadata");
    if (metadata.has("labels")) {
      metadata
          .getAsJsonObject("labels")
          .asMap()
          .forEach((key, value) ->
              check(
                  value.getAsString().matches(LABEL)
                      && value.getAsString().length() <= LONGEST_LABEL,
                  "label " + key + "=" + value));
    }
    long same =
        chart.documents().stream()
            .filter(it -> it.get("kind").getAsString().equals(kind))
            .filter(it -> RenderedChart.name(it).equals(name))
            .filter(it -> namespace(it).equals(namespace(document)))
            .count();
    check(same == 1, "two of " + kind + " " + name);
  }

  private static String namespace(JsonObject document) {
    JsonElement given = document.getAsJsonObject("metadata").get("namespace");
    return given == null ? "" : given.getAsString();
  }

  private static JsonObject nodes(RenderedChart chart) {
    return chart.one("StatefulSet").getAsJsonObject("spec").getAsJsonObject("template");
  }

  private static boolean selects(JsonObject selector, JsonObject pod) {
    Map<String, JsonElement> labels =
        pod.getAsJsonObject("metadata").getAsJsonObject("labels").asMap();
    return labels.entrySet().containsAll(selector.asMap().entrySet());
  }

  /** A service selects the nodes and nothing else, and its ports are theirs. */
  private void service(JsonObject service) {
    JsonObject spec = service.getAsJsonObject("spec");
    for (JsonObject pod : chart.pods()) {
      boolean node = pod.equals(nodes(chart));
      check(
          selects(spec.getAsJsonObject("selector"), pod) == node,
          RenderedChart.name(service) + " selects the wrong pods");
    }
    Set<String> ports =
        RenderedChart.list(
                RenderedChart.list(nodes(chart).getAsJsonObject("spec"), "containers").getFirst(),
                "ports")
            .stream()
            .map(port -> port.get("name").getAsString())
            .collect(Collectors.toSet());
    for (JsonObject port : RenderedChart.list(spec, "ports")) {
      String target = port.get("targetPort").getAsString();
      check(ports.contains(target) && target.matches(PORT), "no port " + target);
    }
  }

  private void pod(JsonObject pod) {
    JsonObject spec = pod.getAsJsonObject("spec");
    var volumes = new HashSet<String>();
    Stream.concat(
            RenderedChart.list(spec, "volumes").stream(),
            pod.equals(nodes(chart)) ? claims() : Stream.<JsonObject>empty())
        .map(volume -> volume.get("name").getAsString())
        .forEach(name -> check(volumes.add(name), "two volumes " + name));
    for (JsonObject container : RenderedChart.list(spec, "containers")) {
      container(container, volumes);
    }
    check(
        spec.getAsJsonObject("securityContext").get("runAsNonRoot").getAsBoolean(),
        "a restricted namespace refuses a pod that may be root");
    check(!spec.get("automountServiceAccountToken").getAsBoolean(), "a token is mounted");
  }

  private Stream<JsonObject> claims() {
    return RenderedChart.list(
            chart.one("StatefulSet").getAsJsonObject("spec"), "volumeClaimTemplates")
        .stream()
        .map(claim -> claim.getAsJsonObject("metadata"));
  }

  private void container(JsonObject container, Set<String> volumes) {
    var paths = new HashSet<String>();
    for (JsonObject mount : RenderedChart.list(container, "volumeMounts")) {
      String path = mount.get("mountPath").getAsString();
      check(volumes.contains(mount.get("name").getAsString()), "nothing to mount at " + path);
      check(
          paths.stream().noneMatch(it -> (path + "/").startsWith(it + "/")) && paths.add(path),
          path + " lies inside another mount, or is one");
    }
    var variables = new HashSet<String>();
    for (JsonObject variable : RenderedChart.list(container, "env")) {
      String name = variable.get("name").getAsString();
      check(variables.add(name), "two variables " + name);
      check(variable.has("value") != variable.has("valueFrom"), name + " has no value, or two");
    }
  }
}
