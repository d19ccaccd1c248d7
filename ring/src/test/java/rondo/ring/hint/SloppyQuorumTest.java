package rondo.ring.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.ring.version.Dot;
import rondo.ring.version.DottedVersionVector;
import rondo.ring.version.VersionVector;

/** {@code -Davailable.seed=S} replays one seed; {@code -Drondo.trace=true} prints it. */
@Tag("simulation")
final class SloppyQuorumTest {
  private static final int SEEDS = 12;
  private static final long FRESH_NANOS = 3_000_000_000L;
  private static final int SEEDS_TO_FIND_IT = 60;

  private static SloppyCluster run(long seed, SloppyCluster.Broken broken) {
    var cluster = new SloppyCluster(seed, seed % 2 == 0 ? 5 : 3, broken);
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
      SloppyCluster cluster = run(seed, SloppyCluster.Broken.NONE);
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
      assertThat(run(seed, SloppyCluster.Broken.NONE).wrong()).as("seed " + seed).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void what_is_broken_is_found(SloppyCluster.Broken broken) {
    for (long seed = 0; seed < SEEDS_TO_FIND_IT; seed++) {
      if (run(seed, broken).wrong() != null) {
        return;
      }
    }
    throw new AssertionError("nobody noticed " + broken);
  }

  private static final DottedVersionVector ONE =
      new DottedVersionVector(new Dot(1, 1, 1), VersionVector.NONE);
  private static final DottedVersionVector OTHER =
      new DottedVersionVector(new Dot(2, 1, 1), VersionVector.NONE);
  private static final DottedVersionVector OVER_ONE =
      new DottedVersionVector(new Dot(2, 1, 2), ONE.seen());
  private static final SiblingWrite A = new SiblingWrite("a", ONE, Set.of());
  private static final SiblingWrite B = new SiblingWrite("b", OTHER, Set.of());

  @Test
  void histories_that_are_right_are_taken() {
    assertThat(SiblingWrite.wrong(Set.of(), List.of(), null)).isNull();
    assertThat(SiblingWrite.wrong(Set.of("a", "b"), List.of(A, B), "b")).isNull();
    var over = new SiblingWrite("c", OVER_ONE, Set.of("a"));
    assertThat(SiblingWrite.wrong(Set.of("a", "c"), List.of(A, over), "c")).isNull();
  }

  @Test
  void a_write_that_vanished_is_found() {
    assertThat(SiblingWrite.wrong(Set.of("a", "b"), List.of(B), "b")).contains("a has vanished");
  }

  @Test
  void a_claim_to_have_seen_what_nobody_showed_is_found() {
    var liar = new SiblingWrite("c", OVER_ONE, Set.of());
    assertThat(SiblingWrite.wrong(Set.of("a", "c"), List.of(A, liar), "c")).contains("claims");
  }

  @Test
  void a_conflict_that_is_none_is_found() {
    var forgetful = new SiblingWrite("b", OTHER, Set.of("a"));
    assertThat(SiblingWrite.wrong(Set.of("a", "b"), List.of(A, forgetful), "b"))
        .contains("forgotten");
  }

  @Test
  void serving_what_was_overwritten_or_never_written_is_found() {
    var over = new SiblingWrite("c", OVER_ONE, Set.of("a"));
    assertThat(SiblingWrite.wrong(Set.of(), List.of(A, over), "a")).contains("has overwritten it");
    assertThat(SiblingWrite.wrong(Set.of(), List.of(A), "x")).contains("is served");
    assertThat(SiblingWrite.wrong(Set.of(), List.of(A), null)).contains("is served");
  }
}
