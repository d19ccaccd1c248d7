package rondo.metadata.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;

/**
 * The holes of an engine at one moment. Integers are big-endian.
 *
 * <pre>
 *   holes = count:4 hole*
 *   hole  = since:8 from (0 | 1 to)                               of {@link Hole}
 *   from  = length:4 byte*                                        and likewise to
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
    var holes = new ArrayList<Hole>();
    for (int i = 0; i < count; i++) {
      long since = from.getLong();
      Bytes start = key(from);
      holes.add(new Hole(start, from.get() == 0 ? null : key(from), since));
    }
    return new Holes(holes);
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

  private static int bytes(Hole hole) {
    Bytes to = hole.to();
    int end = to == null ? 0 : Integer.BYTES + to.length();
    return Long.BYTES + Integer.BYTES + hole.from().length() + 1 + end;
  }

  void write(ByteBuffer into) {
    into.putInt(all.size());
    all.forEach(hole -> write(into, hole));
  }

  private static void write(ByteBuffer into, Hole hole) {
    into.putLong(hole.sinceMillis()).putInt(hole.from().length()).put(hole.from().array());
    Bytes to = hole.to();
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
    return new Holes(all.stream().flatMap(hole -> hole.without(from, to).stream()).toList());
  }

  /**
   * @throws EngineException when {@code key} lies in one of them
   */
  void refuse(Bytes key) {
    for (Hole hole : all) {
      if (hole.holds(key)) {
        throw lost();
      }
    }
  }

  /**
   * @throws EngineException when one of them lies between these keys; {@code to} is exclusive, null
   *     for the end
   */
  void refuse(Bytes from, @Nullable Bytes to) {
    for (Hole hole : all) {
      if (hole.meets(from, to)) {
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
