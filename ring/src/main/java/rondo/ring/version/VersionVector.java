package rondo.ring.version;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of writes to one key: for each actor, its writes up to a counter. One counter per actor is
 * enough, because each write of an actor has seen the actor's earlier ones. Immutable.
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

  /** Whether this set has every write of the other one. */
  public boolean covers(VersionVector other) {
    return other.seen.entrySet().stream()
        .allMatch(entry -> seen.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }

  /** The union of both sets: idempotent, commutative, associative. */
  public VersionVector join(VersionVector other) {
    var joined = new TreeMap<>(seen);
    other.seen.forEach((actor, upTo) -> joined.merge(actor, upTo, Math::max));
    return new VersionVector(joined);
  }

  /** This set with one more write and all earlier writes of its actor. */
  public VersionVector with(Dot dot) {
    var more = new TreeMap<>(seen);
    more.merge(dot.actor(), dot.counter(), Math::max);
    return new VersionVector(more);
  }

  /**
   * This set, cut to the {@code most} actors with the newest writes. A vector that has forgotten an
   * actor makes an overwrite look like a conflict, and never a conflict like an overwrite.
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
   * @throws IllegalArgumentException when the bytes are not a whole number of entries
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
