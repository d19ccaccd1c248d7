package rondo.server.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeNames;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Life;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.order.Absence;
import rondo.server.order.Absences;
import tools.jackson.databind.JsonNode;

/** Orders about nodes that move no data. Thread-safe. */
public final class NodeOrders implements ApiFamily {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final JsonSchema RATES = JsonSchema.answer("copy:integer", "repair:integer");

  private static final String RATE = "Bytes a second, such as 50MiB; none, or default.";

  private final Membership membership;
  private final Absences absences;

  public NodeOrders(Membership membership, Absences absences) {
    this.membership = membership;
    this.absences = absences;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/v1/limits", "Shows how fast data is copied.")
            .old("/limits")
            .forOperators()
            .gives(RATES, call -> limits()),
        ApiRoute.put("/v1/limits", "Sets how fast data is copied, in the whole cluster.")
            .old("/limits")
            .takes(
                JsonSchema.object(
                    JsonSchema.optional("copy", JsonSchema.text(1, 32).described(RATE)),
                    JsonSchema.optional("repair", JsonSchema.text(1, 32).described(RATE))))
            .gives(RATES, call -> limit(call.json())),
        ApiRoute.put("/v1/nodes/{node}/maintenance", "Says that a node is away on purpose.")
            .old("/maintenance/{node}")
            .takes(
                JsonSchema.object(
                    JsonSchema.required("seconds", JsonSchema.whole(0, LONGEST.toSeconds()))))
            .gives(JsonSchema.words(), call -> maintain(call.name("node"), call.json())),
        ApiRoute.put("/v1/bans/{name}", "Keeps nodes of that name out.")
            .old("/bans/{name}")
            .gives(JsonSchema.words(), call -> ban(call.name("name"), true)),
        ApiRoute.delete("/v1/bans/{name}", "Lets nodes of that name in again.")
            .old("/bans/{name}")
            .gives(JsonSchema.words(), call -> ban(call.name("name"), false)));
  }

  /**
   * Begins a node's maintenance, or ends it.
   *
   * @param body {@code {"seconds": 1800}}, at most a week; 0 ends it
   */
  ApiAnswer maintain(String word, JsonNode body) {
    Layout layout = membership.layout();
    if (layout == null) {
      return unavailable();
    }
    Duration lasts = Duration.ofSeconds(body.path("seconds").asLong(0));
    NodeNames names = NodeNames.of(layout);
    NodeId node = names.find(word);
    String label = names.label(node);
    if (layout.node(node) == null || layout.members().leaves(node)) {
      throw new IllegalArgumentException("'%s' is no member, or is leaving".formatted(label));
    }
    if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a maintenance lasts for at most 7 days");
    }
    return lasts.isZero() ? end(node, label) : begin(layout, node, label, lasts);
  }

  private ApiAnswer begin(Layout layout, NodeId node, String label, Duration lasts) {
    try {
      if (!absences.begin(layout, node, Absence.Kind.MAINTENANCE, lasts)) {
        return unavailable();
      }
    } catch (IllegalArgumentException e) {
      return ApiAnswer.refused(409, "no maintenance of '" + label + "': " + e.getMessage());
    }
    Absence given = absences.of(node);
    return new ApiAnswer(
        200,
        Map.of(
            "text",
            (given == null ? "the maintenance is over already" : given.words())
                + ": it keeps its seats, and nothing moves. Stop it by 'rondo stop --when-safe', or"
                + " SIGTERM; once it is started again, the maintenance is over\n"));
  }

  private ApiAnswer end(NodeId node, String label) {
    return absences.end(node, label)
        ? new ApiAnswer(200, Map.of("text", "the maintenance of '%s' is over%n".formatted(label)))
        : unavailable();
  }

  /**
   * Keeps a name out, or lets it in again. A member of that name stays one until it is removed.
   *
   * @throws IllegalArgumentException with a message in one line
   */
  ApiAnswer ban(String name, boolean out) {
    Life.of(name, Bytes.EMPTY);
    if (!absences.book().ban(name, out)) {
      return unavailable();
    }
    String text =
        out
            ? "the name '%s' is kept out until 'rondo node unban %s'%n".formatted(name, name)
            : "a node of the name '%s' is taken in again%n".formatted(name);
    return new ApiAnswer(200, Map.of("text", text));
  }

  /** Shows how fast data is copied. */
  ApiAnswer limits() {
    return new ApiAnswer(200, absences.book().rates().view());
  }

  /**
   * Sets how fast data is copied, in the whole cluster.
   *
   * @param body such as {@code {"copy": "50MiB", "repair": "none"}}
   * @throws IllegalArgumentException with a message in one line
   */
  ApiAnswer limit(JsonNode body) {
    var words = new TreeMap<String, String>();
    body.properties().forEach(rate -> words.put(rate.getKey(), rate.getValue().asString("")));
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no rate is given");
    }
    return absences.book().limit(words) ? limits() : unavailable();
  }

  private static ApiAnswer unavailable() {
    return ApiAnswer.refused(503, "too few nodes answer to agree on that. Try again");
  }
}
