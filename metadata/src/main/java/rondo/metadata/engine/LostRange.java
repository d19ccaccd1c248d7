package rondo.metadata.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A range of keys of which an engine has lost what it knew: a damaged part of a checkpoint was all
 * that said it. Nobody is told anything about these keys until others have.
 *
 * @param from inclusive
 * @param to exclusive; null for the end of all keys
 * @param sinceMillis when it was found, by the wall's clock
 */
public record LostRange(Bytes from, @Nullable Bytes to, long sinceMillis) {
  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  /** The least key behind {@code key}. */
  public static Bytes behind(Bytes key) {
    return Bytes.concat(key, ZERO);
  }

  public boolean holds(Bytes key) {
    return key.compareTo(from) >= 0 && isBeforeEnd(key);
  }

  /** Whether it has keys between {@code start} and {@code end}, exclusive, null for all behind. */
  public boolean meets(Bytes start, @Nullable Bytes end) {
    return isBeforeEnd(start) && (end == null || from.compareTo(end) < 0);
  }

  private boolean isBeforeEnd(Bytes key) {
    return to == null || key.compareTo(to) < 0;
  }

  /** What is left of it without the keys between {@code start} and {@code end}. */
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
