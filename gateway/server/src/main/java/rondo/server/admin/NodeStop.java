package rondo.server.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.value.NodeId;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import rondo.server.order.Absence.Kind;
import rondo.server.order.Absences;
import tools.jackson.databind.JsonNode;

/** Stops this node's process in order, as SIGTERM does. Thread-safe. */
public final class NodeStop implements ApiFamily {
  /** Beyond the time of requests in work; then others notice by themselves that it is away. */
  private static final Duration UNNOTICED = Duration.ofMinutes(1);

  private final Membership membership;
  private final Absences absences;
  private final Duration wait;
  private final Runnable signal;

  /**
   * @param wait the time that requests in work have
   * @param signal has the process end soon, and returns at once
   */
  public NodeStop(Membership membership, Absences absences, Duration wait, Runnable signal) {
    this.membership = membership;
    this.absences = absences;
    this.wait = wait;
    this.signal = signal;
  }

  @Override
  public List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post("/v1/stop", "Stops this node's process, as SIGTERM does.")
            .old("/stop")
            .mayTake(
                JsonSchema.object(
                    JsonSchema.optional(
                        "whenSafe",
                        JsonSchema.flag()
                            .described("Only if that costs no partition its quorum."))))
            .gives(JsonSchema.words(), call -> stop(call.json())));
  }

  /**
   * Stops the node, unless that is asked for only when it is safe and would leave partitions
   * without a quorum. Of two nodes that only one may be stopped of, one alone is stopped.
   */
  ApiAnswer stop(JsonNode body) {
    Layout layout = membership.layout();
    if (body.path("whenSafe").asBoolean(false) && layout != null) {
      NodeId self = membership.own().id();
      try {
        if (!absences.begin(layout, self, Kind.STOPPED, wait.plus(UNNOTICED))) {
          return refused("too few nodes answer to agree on that. Try again");
        }
      } catch (IllegalArgumentException e) {
        return refused(
            e.getMessage()
                + ". Wait until the nodes that are down are back and 'rondo ring' shows no copy"
                + " without a node");
      }
    }
    String text =
        "node '%s' stops; it has its seats until it is started again%n"
            .formatted(membership.own().label());
    // The admin port closes at once: its answer has to be out by then.
    return new ApiAnswer(200, Map.of("text", text), Map.of(), signal);
  }

  private static ApiAnswer refused(String why) {
    return ApiAnswer.refused(409, "not stopped: " + why);
  }
}
