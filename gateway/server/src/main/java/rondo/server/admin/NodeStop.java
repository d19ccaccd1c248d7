package rondo.server.admin;

import java.time.Duration;
import java.util.Map;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.value.NodeId;
import rondo.server.admin.AdminServer.Answer;
import rondo.server.order.Absence.Kind;
import rondo.server.order.Absences;
import tools.jackson.databind.JsonNode;

/** Stops this node's process in order, as SIGTERM does. Thread-safe. */
public final class NodeStop {
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

  /**
   * Stops the node, unless that is asked for only when it is safe and would leave partitions
   * without a quorum. Of two nodes that only one may be stopped of, one alone is stopped.
   */
  Answer stop(JsonNode body) {
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
    return new Answer(200, Map.of("text", text), signal);
  }

  private static Answer refused(String why) {
    return new Answer(409, AdminServer.error("not stopped: " + why));
  }
}
