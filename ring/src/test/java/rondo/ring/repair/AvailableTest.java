package rondo.ring.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.ring.version.Dot;
import rondo.ring.version.Dotted;
import rondo.ring.version.VersionVector;

/** {@code -Davailable.seed=S} replays one seed; {@code -Drondo.trace=true} prints it. */
@Tag("simulation")
final class AvailableTest {
  private static final int SEEDS = 12;
  private static final long FRESH_NANOS = 3_000_000_000L;
  private static final int SEEDS_TO_FIND_IT = 60;

  private static AvailableCluster run(long seed, AvailableCluster.Broken broken) {
    var cluster = new AvailableCluster(seed, seed % 2 == 0 ? 5 : 3, broken);
    cluster.run();
    return cluster;
  }

  @Test
  void no_acknowledged_write_vanishes_unseen_whoever_was_cut_off() {
    Long one = Long.getLong("available.seed");
    int alone = 0;
    int conflicts = 0;
    int unanswered = 0;
    for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
      AvailableCluster cluster = run(seed, AvailableCluster.Broken.NONE);
      assertThat(cluster.wrong()).as("seed " + seed).isNull();
      alone += cluster.alone;
      conflicts += cluster.conflicts;
      unanswered += cluster.unanswered;
    }
    assertThat(alone).as("acknowledged by nodes that reached nobody").isPositive();
    assertThat(conflicts).as("conflicts that were kept").isPositive();
    assertThat(unanswered).as("each node takes writes, whoever it reaches").isZero();
  }

  @Test
  void nor_with_fresh_seeds() {
    long start = System.nanoTime();
    for (long seed = start >>> 1; System.nanoTime() - start < FRESH_NANOS; seed++) {
      assertThat(run(seed, AvailableCluster.Broken.NONE).wrong()).as("seed " + seed).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void what_is_broken_is_found(AvailableCluster.Broken broken) {
    for (long seed = 0; seed < SEEDS_TO_FIND_IT; seed++) {
      if (run(seed, broken).wrong() != null) {
        return;
      }
    }
    throw new AssertionError("nobody noticed " + broken);
  }

  private static final Dotted ONE = new Dotted(new Dot(1, 1, 1), VersionVector.NONE);
  private static final Dotted OTHER = new Dotted(new Dot(2, 1, 1), VersionVector.NONE);
  private static final Dotted OVER_ONE = new Dotted(new Dot(2, 1, 2), ONE.seen());
  private static final Sibling A = new Sibling("a", ONE, Set.of());
  private static final Sibling B = new Sibling("b", OTHER, Set.of());

  @Test
  void histories_that_are_right_are_taken() {
    assertThat(Sibling.wrong(Set.of(), List.of(), null)).isNull();
    assertThat(Sibling.wrong(Set.of("a", "b"), List.of(A, B), "b")).isNull();
    var over = new Sibling("c", OVER_ONE, Set.of("a"));
    assertThat(Sibling.wrong(Set.of("a", "c"), List.of(A, over), "c")).isNull();
  }

  @Test
  void a_write_that_vanished_is_found() {
    assertThat(Sibling.wrong(Set.of("a", "b"), List.of(B), "b")).contains("a has vanished");
  }

  @Test
  void a_claim_to_have_seen_what_nobody_showed_is_found() {
    var liar = new Sibling("c", OVER_ONE, Set.of());
    assertThat(Sibling.wrong(Set.of("a", "c"), List.of(A, liar), "c")).contains("claims");
  }

  @Test
  void a_conflict_that_is_none_is_found() {
    var forgetful = new Sibling("b", OTHER, Set.of("a"));
    assertThat(Sibling.wrong(Set.of("a", "b"), List.of(A, forgetful), "b")).contains("forgotten");
  }

  @Test
  void serving_what_was_overwritten_or_never_written_is_found() {
    var over = new Sibling("c", OVER_ONE, Set.of("a"));
    assertThat(Sibling.wrong(Set.of(), List.of(A, over), "a")).contains("has overwritten it");
    assertThat(Sibling.wrong(Set.of(), List.of(A), "x")).contains("is served");
    assertThat(Sibling.wrong(Set.of(), List.of(A), null)).contains("is served");
  }
}
