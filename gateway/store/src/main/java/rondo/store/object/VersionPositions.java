package rondo.store.object;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Where versions that conditional writes make stand among those of their key. A write that judges
 * what is there takes the next stamp of what it judges. Where no other write ever came before, or
 * none is remembered, that stamp is the same for every key, and comes again once a key's tombstones
 * are purged; a version may not. So such a version gets a place that chance chooses, before that of
 * any write that takes its stamp from a clock, and later ones of the same key follow it by their
 * stamps. Thread-safe.
 */
public final class VersionPositions {
  /** Chance chooses among the microseconds from 1970 to a 64th of the years since. */
  private static final int EARLY_BITS = 6;

  private static final SecureRandom CHANCE = new SecureRandom();

  private VersionPositions() {}

  /**
   * The place of the version that is written on top of a head, and of no other.
   *
   * @param wallMicros the time now
   */
  public static Stamp after(VersionedValue head, long wallMicros) {
    Stamp next = head.stamp().successor();
    if (next.time() > 0) {
      return next;
    }
    Stamp before = chosen(ObjectRows.row(head));
    return before == null
        ? new Stamp(1 + CHANCE.nextLong(bound(wallMicros)), CHANCE.nextLong(), next.rmw())
        : new Stamp(before.time(), before.node(), next.rmw());
  }

  private static long bound(long wallMicros) {
    return Math.max(1, wallMicros >> EARLY_BITS);
  }

  /** The place that chance chose for the version that is there; null where it chose none. */
  private static @Nullable Stamp chosen(@Nullable ObjectRow row) {
    Stamp there = row == null || row.getGone() ? Stamp.ZERO : VersionRows.positionOf(row);
    return there.time() == 0 ? null : there;
  }
}
