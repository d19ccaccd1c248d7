package rondo.server.health;

import java.util.List;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/** How well a layout spreads the copies of its partitions over zones. */
public final class ZoneSpread {
  private ZoneSpread() {}

  /** How many partitions have copies in fewer zones than their number of copies would allow. */
  public static int crowded(Layout layout) {
    Assignment all = layout.to();
    long zones = zones(layout, all.holders());
    int crowded = 0;
    for (int p = 0; p < layout.partitions(); p++) {
      int copies = all.replication(p).n() - Vacancy.count(all.of(p));
      if (zones(layout, all.of(p)) < Math.min(zones, copies)) {
        crowded++;
      }
    }
    return crowded;
  }

  /** The reason why the layout doesn't keep copies apart; none when it does. */
  public static List<HealthReason> reasons(Layout layout) {
    int crowded = crowded(layout);
    if (crowded == 0) {
      return List.of();
    }
    String sentence =
        "%d of %d partitions have copies in fewer zones than there are for them: give the other"
                .formatted(crowded, layout.partitions())
            + " zones more capacity.";
    return List.of(new HealthReason(HealthQuestion.WHOLE, HealthCause.ZONES, crowded, sentence));
  }

  private static long zones(Layout layout, List<NodeId> nodes) {
    return nodes.stream()
        .filter(id -> !Vacancy.is(id))
        .map(layout::node)
        .map(node -> node == null ? "" : node.zone())
        .distinct()
        .count();
  }
}
