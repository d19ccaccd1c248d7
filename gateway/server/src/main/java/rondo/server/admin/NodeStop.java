package rondo.server.admin;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;
import rondo.server.admin.AdminServer.Answer;
import tools.jackson.databind.JsonNode;

/** Stops this node's process in order, as SIGTERM does. Thread-safe. */
public final class NodeStop {
  private final Membership membership;
  private final NodeId self;
  private final Runnable signal;

  /**
   * @param signal has the process end soon, and returns at once
   */
  public NodeStop(Membership membership, NodeId self, Runnable signal) {
    this.membership = membership;
    this.self = self;
    this.signal = signal;
  }

  /**
   * Stops the node, unless that is asked for only when it is safe and would leave partitions
   * without a quorum.
   */
  Answer stop(JsonNode body) {
    Layout layout = membership.layout();
    if (body.path("whenSafe").asBoolean(false) && layout != null) {
      long broken = broken(layout, self, membership::suspected);
      if (broken > 0) {
        return new Answer(
            409,
            AdminServer.error(
                ("not stopped: %d of %d partitions could then be neither read nor written. Wait"
                        + " until the nodes that are down are back and 'rondo ring' shows no copy"
                        + " without a node")
                    .formatted(broken, layout.partitions())));
      }
    }
    signal.run();
    return new Answer(200, Map.of("text", "node %s stops%n".formatted(self)));
  }

  /** How many partitions would have no quorum without the node. */
  static long broken(Layout layout, NodeId leaving, Predicate<NodeId> suspected) {
    return (layout.joint() ? Stream.of(layout.from(), layout.to()) : Stream.of(layout.to()))
        .mapToLong(all -> broken(all, leaving, suspected))
        .max()
        .orElse(0);
  }

  private static long broken(Assignment all, NodeId leaving, Predicate<NodeId> suspected) {
    long broken = 0;
    for (int p = 0; p < all.owners().size(); p++) {
      PartitionOwners owners = all.ownersOf(p);
      long left =
          owners.nodes().stream()
              .filter(it -> !it.equals(leaving) && !Vacancy.is(it) && !suspected.test(it))
              .count();
      int needed = Math.max(owners.replication().r(), owners.replication().w());
      broken += owners.nodes().contains(leaving) && left < needed ? 1 : 0;
    }
    return broken;
  }
}
