package rondo.ring.sim;

import org.jspecify.annotations.Nullable;

/**
 * The result of one run.
 *
 * @param wrong the part of the history that can't be explained; null when all of it can
 * @param answered operations that were acknowledged to a client
 * @param refused operations that were refused
 * @param unknown operations that may or may not have been done, those of dead coordinators included
 * @param listings whole listings
 */
public record RunResult(
    @Nullable String wrong, int answered, int refused, int unknown, int listings) {

  static final RunResult NOTHING = new RunResult(null, 0, 0, 0, 0);

  RunResult plus(RunResult other) {
    return new RunResult(
        other.wrong,
        answered + other.answered,
        refused + other.refused,
        unknown + other.unknown,
        listings + other.listings);
  }
}
