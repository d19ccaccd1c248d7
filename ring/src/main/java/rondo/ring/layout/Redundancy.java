package rondo.ring.layout;

import java.util.stream.IntStream;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.PartitionOwners;

/** What a change of members would leave of the copies of the data. */
public final class Redundancy {
  private Redundancy() {}

  /**
   * Refuses members that would leave partitions which can be neither read nor handed over.
   *
   * @throws IllegalArgumentException with a message in one line
   */
  public static void check(Layout layout, Members wanted) {
    Assignment holding = layout.joint() ? layout.from() : layout.to();
    long broken =
        IntStream.range(0, holding.owners().size())
            .mapToObj(holding::ownersOf)
            .filter(owners -> !isRecoverable(owners, wanted))
            .count();
    if (broken > 0) {
      throw new IllegalArgumentException(
          "that would leave %d of %d partitions with fewer copies than a quorum, too few to go on"
                  .formatted(broken, layout.partitions())
              + " from");
    }
  }

  private static boolean isRecoverable(PartitionOwners owners, Members wanted) {
    int needed = Math.max(owners.replication().r(), owners.replication().w());
    return owners.nodes().stream().filter(id -> !wanted.isLost(id)).count() >= needed;
  }
}
