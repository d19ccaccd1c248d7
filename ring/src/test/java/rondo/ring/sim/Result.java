package rondo.ring.sim;

import org.jspecify.annotations.Nullable;

/**
 * What one run came to.
 *
 * @param wrong what can't be explained; null when all can
 * @param answered operations of which a client heard that they were done
 * @param refused operations that were refused
 * @param unknown operations that may or may not have been done, those of dead coordinators included
 * @param listings whole listings
 */
public record Result(@Nullable String wrong, int answered, int refused, int unknown, int listings) {

  static final Result NOTHING = new Result(null, 0, 0, 0, 0);

  Result plus(Result other) {
    return new Result(
        other.wrong,
        answered + other.answered,
        refused + other.refused,
        unknown + other.unknown,
        listings + other.listings);
  }
}
