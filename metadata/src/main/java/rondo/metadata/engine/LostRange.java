package rondo.metadata.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A range of keys whose rows an engine has lost: they were in a part of a checkpoint or a log that
 * is damaged. The engine refuses reads in it until other replicas have brought the rows back.
 *
 * @param from inclusive
 * @param to exclusive; null for the end of all keys
 * @param sinceMillis when the engine found the damage, milliseconds since 1970 by its wall clock
 */
public record LostRange(Bytes from, @Nullable Bytes to, long sinceMillis) {
  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  /** Returns the least key that is greater than {@code key}. */
  public static Bytes behind(Bytes key) {
    return Bytes.concat(key, ZERO);
  }

  /** Whether {@code key} lies in this range. */
  public boolean holds(Bytes key) {
    return key.compareTo(from) >= 0 && isBeforeEnd(key);
  }

  /**
   * Whether this range has keys in common with {@code start} (inclusive) to {@code end} (exclusive;
   * null for the end).
   */
  public boolean meets(Bytes start, @Nullable Bytes end) {
    return isBeforeEnd(start) && (end == null || from.compareTo(end) < 0);
  }

  private boolean isBeforeEnd(Bytes key) {
    return to == null || key.compareTo(to) < 0;
  }

  /**
   * Returns what remains of this range without the keys from {@code start} to {@code end}
   * (exclusive; null for the end): none, one or two ranges.
   */
  List<LostRange> without(Bytes start, @Nullable Bytes end) {
    if (!meets(start, end)) {
      return List.of(this);
    }
    var left = new ArrayList<LostRange>();
    if (from.compareTo(start) < 0) {
      left.add(new LostRange(from, start, sinceMillis));
    }
    if (end != null && isBeforeEnd(end)) {
      left.add(new LostRange(end, to, sinceMillis));
    }
    return left;
  }
}
