package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.store.row.RefusalException;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The rules of object lock. The clock of the deciding gateway counts: when it is fast, a version's
 * retention ends earlier by the same amount. Pure.
 */
public final class ObjectLocks {
  private ObjectLocks() {}

  /**
   * Returns why a version can't be removed; null when it can.
   *
   * @param bypass whether the caller may bypass governance retention, and asks to
   */
  static @Nullable StoreException ofRemoval(ObjectRow version, long nowMicros, boolean bypass) {
    boolean held = version.getLegalHold() == ObjectRow.LegalHold.ON;
    return held || isRetained(version.getRetention(), nowMicros, bypass) ? refused() : null;
  }

  /**
   * Returns why a version's retention can't be replaced by {@code next}; null when it can. A later
   * end in the same mode is always allowed.
   *
   * @param next the new retention; the default instance for none
   * @param bypass whether the caller may bypass governance retention, and asks to
   */
  public static @Nullable StoreException ofChange(
      ObjectRow version, Retention next, long nowMicros, boolean bypass) {
    Retention now = version.getRetention();
    boolean extended =
        next.getMode() == now.getMode() && next.getUntilMicros() >= now.getUntilMicros();
    return !extended && isRetained(now, nowMicros, bypass) ? refused() : null;
  }

  /** Returns why a change that isn't about locks can't be made; null when it keeps the locks. */
  static @Nullable StoreException ofOtherChange(ObjectRow before, ObjectRow after, long nowMicros) {
    boolean released =
        before.getLegalHold() == ObjectRow.LegalHold.ON
            && after.getLegalHold() != ObjectRow.LegalHold.ON;
    return released ? refused() : ofChange(before, after.getRetention(), nowMicros, false);
  }

  private static boolean isRetained(Retention retention, long nowMicros, boolean bypass) {
    boolean weak = retention.getMode() == Retention.Mode.GOVERNANCE && bypass;
    return retention.getMode() != Retention.Mode.NONE
        && !weak
        && retention.getUntilMicros() > nowMicros;
  }

  private static StoreException refused() {
    return new StoreException(Reason.LOCKED);
  }

  /** The condition of a removal that also refuses to remove a locked version. */
  record Unlocked(WriteCondition condition, long nowMicros, boolean bypass)
      implements WriteCondition {
    @Override
    public @Nullable RefusalException refusal(@Nullable ObjectRow current) {
      StoreException locked = current == null ? null : ofRemoval(current, nowMicros, bypass);
      return locked == null ? condition.refusal(current) : locked;
    }

    @Override
    public @Nullable RefusalException refusalOfMarker(ObjectRow marker) {
      return condition.refusalOfMarker(marker);
    }
  }
}
