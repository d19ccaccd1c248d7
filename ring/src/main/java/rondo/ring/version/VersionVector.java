package rondo.ring.version;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of writes to one key: of each actor all up to a counter. That says enough, because an
 * actor's write has seen every write of the same actor before it.
 *
 * <pre>
 *   vector = ( node:8 life:8 counter:8 )*
 * </pre>
 */
public final class VersionVector {
  public static final VersionVector NONE = new VersionVector(new TreeMap<>());

  private static final int ENTRY_BYTES = 3 * Long.BYTES;

  private final SortedMap<Actor, Long> seen;

  private VersionVector(SortedMap<Actor, Long> seen) {
    this.seen = Collections.unmodifiableSortedMap(seen);
  }

  /** Whether the write is in the set. */
  public boolean covers(Dot dot) {
    Long upTo = seen.get(dot.actor());
    return upTo != null && upTo >= dot.counter();
  }

  /** Whether all that is in the other is in this. */
  public boolean covers(VersionVector other) {
    return other.seen.entrySet().stream()
        .allMatch(entry -> seen.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }

  /** What is in one of them: idempotent, commutative, associative. */
  public VersionVector join(VersionVector other) {
    var joined = new TreeMap<>(seen);
    other.seen.forEach((actor, upTo) -> joined.merge(actor, upTo, Math::max));
    return new VersionVector(joined);
  }

  /** The same with a write and all that its actor did before. */
  public VersionVector with(Dot dot) {
    var more = new TreeMap<>(seen);
    more.merge(dot.actor(), dot.counter(), Math::max);
    return new VersionVector(more);
  }

  /**
   * The same with at most so many actors, those with the newest writes. Whoever forgets what it has
   * seen takes an overwrite for a conflict, and never a conflict for an overwrite.
   */
  VersionVector newest(int most) {
    if (seen.size() <= most) {
      return this;
    }
    var left = new TreeMap<Actor, Long>();
    seen.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .forEach(entry -> left.put(entry.getKey(), entry.getValue()));
    return new VersionVector(left);
  }

  int bytes() {
    return seen.size() * ENTRY_BYTES;
  }

  void encode(ByteBuffer out) {
    seen.forEach((actor, upTo) -> out.putLong(actor.node()).putLong(actor.life()).putLong(upTo));
  }

  /**
   * @throws IllegalArgumentException when these are no entries
   */
  static VersionVector decode(ByteBuffer in) {
    if (in.remaining() % ENTRY_BYTES != 0) {
      throw new IllegalArgumentException("a version vector that is cut off");
    }
    var seen = new TreeMap<Actor, Long>();
    while (in.hasRemaining()) {
      seen.put(new Actor(in.getLong(), in.getLong()), in.getLong());
    }
    return new VersionVector(seen);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector vector && seen.equals(vector.seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }

  @Override
  public String toString() {
    return seen.toString();
  }
}
