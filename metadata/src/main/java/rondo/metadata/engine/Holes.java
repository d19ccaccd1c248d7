package rondo.metadata.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * The holes of an engine at one moment.
 *
 * @param all as they were found; few
 */
record Holes(List<Hole> all) {
  static final Holes NONE = new Holes(List.of());

  Holes {
    all = List.copyOf(all);
  }

  /** All keys are in one: nobody knows which were written where something is damaged. */
  static Holes everything() {
    return new Holes(List.of(new Hole(Bytes.EMPTY, null, System.currentTimeMillis())));
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
