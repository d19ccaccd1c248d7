package rondo.metadata.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * The lost ranges of an engine at one moment. Integers are big-endian.
 *
 * <pre>
 *   ranges = count:4 range*
 *   range  = since:8 from (0 | 1 to)                              of {@link LostRange}
 *   from   = length:4 byte*                                       and likewise to
 * </pre>
 *
 * @param all in the order in which they were found; few
 */
public record LostRangeSet(List<LostRange> all) {
  public static final LostRangeSet NONE = new LostRangeSet(List.of());

  public LostRangeSet {
    all = List.copyOf(all);
  }

  /**
   * Returns the set whose one range has all keys, for damage that doesn't tell which keys were in
   * it.
   */
  public static LostRangeSet everything(Time time) {
    return new LostRangeSet(List.of(new LostRange(Bytes.EMPTY, null, time.wallMicros() / 1000)));
  }

  /** Reads the ranges at the buffer's position. */
  public static LostRangeSet read(ByteBuffer from) {
    int count = from.getInt();
    var lostRanges = new ArrayList<LostRange>();
    for (int i = 0; i < count; i++) {
      long since = from.getLong();
      Bytes start = key(from);
      lostRanges.add(new LostRange(start, from.get() == 0 ? null : key(from), since));
    }
    return new LostRangeSet(lostRanges);
  }

  private static Bytes key(ByteBuffer from) {
    var key = new byte[from.getInt()];
    from.get(key);
    return Bytes.wrap(key);
  }

  /** Returns how many bytes {@link #write} writes. */
  public int bytes() {
    return Integer.BYTES + all.stream().mapToInt(LostRangeSet::bytes).sum();
  }

  private static int bytes(LostRange lostRange) {
    Bytes to = lostRange.to();
    int end = to == null ? 0 : Integer.BYTES + to.length();
    return Long.BYTES + Integer.BYTES + lostRange.from().length() + 1 + end;
  }

  /** Writes the ranges at the buffer's position. */
  public void write(ByteBuffer into) {
    into.putInt(all.size());
    all.forEach(lostRange -> write(into, lostRange));
  }

  private static void write(ByteBuffer into, LostRange lostRange) {
    into.putLong(lostRange.sinceMillis())
        .putInt(lostRange.from().length())
        .put(lostRange.from().array());
    Bytes to = lostRange.to();
    into.put((byte) (to == null ? 0 : 1));
    if (to != null) {
      into.putInt(to.length()).put(to.array());
    }
  }

  /** Returns the set of these ranges and {@code more}. */
  public LostRangeSet plus(List<LostRange> more) {
    var sum = new ArrayList<>(all);
    sum.addAll(more);
    return new LostRangeSet(sum);
  }

  /**
   * Returns what remains of these ranges without the keys from {@code from} (inclusive) to {@code
   * to} (exclusive; null for the end).
   */
  public LostRangeSet without(Bytes from, @Nullable Bytes to) {
    return new LostRangeSet(
        all.stream().flatMap(lostRange -> lostRange.without(from, to).stream()).toList());
  }

  /**
   * Refuses a read of one key.
   *
   * @throws EngineException when {@code key} lies in a lost range
   */
  public void refuse(Bytes key) {
    for (LostRange lostRange : all) {
      if (lostRange.holds(key)) {
        throw lost();
      }
    }
  }

  /**
   * Refuses a read of a range.
   *
   * @param from inclusive
   * @param to exclusive; null for the end
   * @throws EngineException when a lost range meets these keys
   */
  public void refuse(Bytes from, @Nullable Bytes to) {
    for (LostRange lostRange : all) {
      if (lostRange.meets(from, to)) {
        throw lost();
      }
    }
  }

  private static EngineException lost() {
    return new EngineException(
        "what was known here was in a part of the disk that is damaged, and is not yet back from"
            + " other replicas");
  }
}
