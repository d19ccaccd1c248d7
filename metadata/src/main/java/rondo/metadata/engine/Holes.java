package rondo.metadata.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;

/**
 * The lost ranges of an engine at one moment. Integers are big-endian.
 *
 * <pre>
 *   ranges = count:4 range*
 *   range  = since:8 from (0 | 1 to)                              of {@link Hole}
 *   from   = length:4 byte*                                       and likewise to
 * </pre>
 *
 * @param all as they were found; few
 */
record Holes(List<Hole> all) {
  static final Holes NONE = new Holes(List.of());

  Holes {
    all = List.copyOf(all);
  }

  /** All keys are in one: nobody knows which were written where something is damaged. */
  static Holes everything(Time time) {
    return new Holes(List.of(new Hole(Bytes.EMPTY, null, time.wallMicros() / 1000)));
  }

  static Holes read(ByteBuffer from) {
    int count = from.getInt();
    var lostRanges = new ArrayList<Hole>();
    for (int i = 0; i < count; i++) {
      long since = from.getLong();
      Bytes start = key(from);
      lostRanges.add(new Hole(start, from.get() == 0 ? null : key(from), since));
    }
    return new Holes(lostRanges);
  }

  private static Bytes key(ByteBuffer from) {
    var key = new byte[from.getInt()];
    from.get(key);
    return Bytes.wrap(key);
  }

  /** How many {@link #write} puts. */
  int bytes() {
    return Integer.BYTES + all.stream().mapToInt(Holes::bytes).sum();
  }

  private static int bytes(Hole lostRange) {
    Bytes to = lostRange.to();
    int end = to == null ? 0 : Integer.BYTES + to.length();
    return Long.BYTES + Integer.BYTES + lostRange.from().length() + 1 + end;
  }

  void write(ByteBuffer into) {
    into.putInt(all.size());
    all.forEach(lostRange -> write(into, lostRange));
  }

  private static void write(ByteBuffer into, Hole lostRange) {
    into.putLong(lostRange.sinceMillis())
        .putInt(lostRange.from().length())
        .put(lostRange.from().array());
    Bytes to = lostRange.to();
    into.put((byte) (to == null ? 0 : 1));
    if (to != null) {
      into.putInt(to.length()).put(to.array());
    }
  }

  Holes plus(List<Hole> more) {
    var sum = new ArrayList<>(all);
    sum.addAll(more);
    return new Holes(sum);
  }

  Holes without(Bytes from, @Nullable Bytes to) {
    return new Holes(
        all.stream().flatMap(lostRange -> lostRange.without(from, to).stream()).toList());
  }

  /**
   * @throws EngineException when {@code key} lies in one of them
   */
  void refuse(Bytes key) {
    for (Hole lostRange : all) {
      if (lostRange.holds(key)) {
        throw lost();
      }
    }
  }

  /**
   * @throws EngineException when one of them lies between these keys; {@code to} is exclusive, null
   *     for the end
   */
  void refuse(Bytes from, @Nullable Bytes to) {
    for (Hole lostRange : all) {
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
