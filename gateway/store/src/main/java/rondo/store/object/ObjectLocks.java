package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Retention;
import rondo.store.row.RefusalException;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * What object lock forbids. It goes by the clock of the gateway that decides: one that is fast lets
 * a version go by so much too early. Pure.
 */
public final class ObjectLocks {
  private ObjectLocks() {}

  /**
   * Why a version can't be removed; null when it can.
   *
   * @param bypass whether the caller may pass over governance, and wants to
   */
  static @Nullable StoreException ofRemoval(ObjectRow version, long nowMicros, boolean bypass) {
    boolean held = version.getLegalHold() == ObjectRow.LegalHold.ON;
    return held || isRetained(version.getRetention(), nowMicros, bypass) ? refused() : null;
  }

  /**
   * Why a version's retention can't become this one; null when it can. What runs longer in the same
   * mode is always taken.
   *
   * @param next the default instance: none
   * @param bypass whether the caller may pass over governance, and wants to
   */
  public static @Nullable StoreException ofChange(
      ObjectRow version, Retention next, long nowMicros, boolean bypass) {
    Retention now = version.getRetention();
    boolean extended =
        next.getMode() == now.getMode() && next.getUntilMicros() >= now.getUntilMicros();
    return !extended && isRetained(now, nowMicros, bypass) ? refused() : null;
  }

  /** Why a change that isn't about locks can't be made; null when it keeps them. */
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

  /** A removal's condition under which nothing that is locked goes. */
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
