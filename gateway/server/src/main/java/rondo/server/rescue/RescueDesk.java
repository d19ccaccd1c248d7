package rondo.server.rescue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.layout.RescuePlan;
import rondo.ring.membership.Membership;
import rondo.ring.membership.Rescue;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import tools.jackson.databind.JsonNode;

/**
 * Takes an operator's order to go on without nodes that are gone for good, shows what that costs,
 * and carries it out. Thread-safe; blocks, for some seconds.
 */
public final class RescueDesk implements ApiFamily {
  private static final Logger LOG = LoggerFactory.getLogger(RescueDesk.class);
  private static final JsonSchema NAMES =
      JsonSchema.list(JsonSchema.text(1, 64), 0, 1000).described("The whole names of the dead.");

  private static final long PATIENCE_NANOS = 45_000_000_000L;

  private final Membership membership;
  private final Time time;
  private final long clockErrorMicros;

  /**
   * @param clockErrorMicros how far clocks may be from each other's middle
   */
  public RescueDesk(Membership membership, Time time, long clockErrorMicros) {
    this.membership = membership;
    this.time = time;
    this.clockErrorMicros = clockErrorMicros;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post("/v1/rescue/preview", "Shows what a rescue would mean, and changes nothing.")
            .mayTake(JsonSchema.object(JsonSchema.optional("dead", NAMES)))
            .gives(
                JsonSchema.answer("cluster:string", "life:integer", "text:string"),
                call -> ApiAnswer.of(preview(call.json()))),
        ApiRoute.post("/v1/rescue/begin", "Goes on without nodes that are gone for good.")
            .takes(
                JsonSchema.object(
                    JsonSchema.required("dead", NAMES),
                    JsonSchema.optional("isolated", JsonSchema.flag()),
                    JsonSchema.optional("confirm", JsonSchema.text(0, 64))))
            .gives(
                JsonSchema.answer("life:integer", "epoch:integer", "text:string"),
                call -> begin(call.json())));
  }

  /**
   * Shows what a rescue would mean, and what stands against it.
   *
   * @param order {@code {"dead": ["two", "three"]}}; without names those that give no answer
   * @throws IllegalArgumentException with a message in one line, when the order makes no sense
   */
  Map<String, Object> preview(JsonNode order) {
    Layout layout = layout();
    Set<NodeId> dead = named(layout, order);
    if (dead.isEmpty()) {
      layout.nodes().stream()
          .map(Node::id)
          .filter(node -> membership.suspected(node) && !layout.members().isLost(node))
          .forEach(dead::add);
    }
    if (dead.isEmpty()) {
      throw new IllegalArgumentException(
          "every member answers, and none is named: there is nothing to rescue");
    }
    Rescue.Findings findings = membership.rescue().look(dead);
    return view(findings);
  }

  /**
   * Carries a rescue out.
   *
   * @param order {@code {"dead": ["two", "three"], "isolated": true, "confirm": "CLUSTER"}}
   * @throws IllegalArgumentException with a message in one line, when the order makes no sense
   */
  ApiAnswer begin(JsonNode order) {
    Layout layout = layout();
    String cluster = layout.cluster();
    if (!order.path("confirm").asString("").equals(cluster)) {
      throw new IllegalArgumentException(
          "to confirm a rescue, type the name of this cluster: --confirm " + cluster);
    }
    if (!order.path("isolated").asBoolean(false)) {
      throw new IllegalArgumentException(
          "before a rescue the dead nodes must be isolated for good, so that no client and no node"
              + " reaches them: switch them off or cut their network, and then say --isolated");
    }
    Set<NodeId> dead = named(layout, order);
    if (dead.isEmpty()) {
      throw new IllegalArgumentException("name all dead nodes: --dead NAME,NAME");
    }
    if (dead.stream().allMatch(layout.members()::isLost)) {
      return done(layout, "These nodes are given up already: nothing was done.");
    }
    LOG.warn("rescue: ordered to go on without {}", labels(layout, dead));
    List<String> obstacles =
        membership.rescue().begin(dead, clockErrorMicros, time.nanos() + PATIENCE_NANOS);
    if (!obstacles.isEmpty()) {
      LOG.warn("rescue: not done: {}", obstacles);
      return ApiAnswer.refused(409, "not done: " + String.join("; ", obstacles));
    }
    Layout now = layout();
    LOG.warn(
        "rescue: life {} of the cluster began with epoch {}", now.life().number(), now.epoch());
    return done(
        now,
        "Life %d of the cluster has begun without %s."
            .formatted(now.life().number(), String.join(", ", labels(layout, dead))));
  }

  private static ApiAnswer done(Layout now, String first) {
    var view = new LinkedHashMap<String, Object>();
    view.put("life", now.life().number());
    view.put("epoch", now.epoch());
    view.put(
        "text",
        first
            + " The nodes left copy what they hold to each other: 'rondo status' shows how far that"
            + " is. New nodes join as ever, also under the names of the dead, with empty data"
            + " folders. Rotate the join token if a dead machine may be in wrong hands.");
    return ApiAnswer.of(view);
  }

  private Layout layout() {
    Layout layout = membership.layout();
    if (layout == null) {
      throw new IllegalArgumentException("this node is no member of a cluster");
    }
    return layout;
  }

  /** The nodes with exactly these names. */
  private static Set<NodeId> named(Layout layout, JsonNode order) {
    var named = new TreeSet<NodeId>();
    for (JsonNode name : order.path("dead")) {
      named.add(
          layout.nodes().stream()
              .filter(node -> node.label().equals(name.asString("")))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "no member is called '%s': names must be whole here; there are %s"
                          .formatted(
                              name.asString(""), String.join(", ", labels(layout, ids(layout))))))
              .id());
    }
    return named;
  }

  private static List<NodeId> ids(Layout layout) {
    return layout.nodes().stream().map(Node::id).toList();
  }

  private static List<String> labels(Layout layout, Iterable<NodeId> nodes) {
    var labels = new ArrayList<String>();
    nodes.forEach(node -> labels.add(NodeNames.of(layout).label(node)));
    labels.sort(null);
    return labels;
  }

  private Map<String, Object> view(Rescue.Findings findings) {
    RescuePlan plan = findings.plan();
    Layout layout = plan.layout();
    RescueDamage damage = RescueDamage.of(plan, EqualityReports.of(plan, membership.rescue()));
    var view = new LinkedHashMap<String, Object>();
    view.put("cluster", layout.cluster());
    view.put("life", layout.life().number());
    view.put("epoch", layout.epoch());
    view.put("partitions", layout.partitions());
    view.put("dead", labels(layout, plan.dead()));
    view.put("left", labels(layout, plan.survivors()));
    view.put("obstacles", findings.obstacles());
    view.putAll(damage.view());
    view.put("text", text(findings, damage));
    return view;
  }

  private static String text(Rescue.Findings findings, RescueDamage damage) {
    RescuePlan plan = findings.plan();
    Layout layout = plan.layout();
    var lines = new ArrayList<String>();
    lines.add(
        "A rescue of cluster %s (life %d) would give up %s, and go on with %s."
            .formatted(
                layout.cluster(),
                layout.life().number(),
                String.join(", ", labels(layout, plan.dead())),
                String.join(", ", labels(layout, plan.survivors()))));
    lines.addAll(damage.words(layout.partitions()));
    lines.add(
        "Data would have %d of %d wanted copies until further nodes join."
            .formatted(Math.min(wanted(layout).n(), plan.survivors().size()), wanted(layout).n()));
    findings.obstacles().forEach(it -> lines.add("Not possible now: " + it + "."));
    if (findings.obstacles().isEmpty()) {
      lines.add(
          "Nothing stands against it. Isolate the dead for good, and then: rondo rescue --dead %s --isolated --confirm %s"
              .formatted(String.join(",", labels(layout, plan.dead())), layout.cluster()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static Replication wanted(Layout layout) {
    return layout.members().wishes().getFirst();
  }
}
