package rondo.ring.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole clusters from seeds. {@code -Dsim.seeds=N} tries N fresh seeds instead of some seconds of
 * them, {@code -Dsim.seed=S} replays one seed and prints its trace, {@code -Dsim.mutation=M} breaks
 * the protocol on purpose.
 */
@Tag("simulation")
final class SimulationTest {
  private static final int FIXED_SEEDS = 600;
  private static final int LONG_SEEDS = 40;
  private static final long FRESH_NANOS = 5_000 * Simulation.MILLIS;
  private static final int SEEDS_TO_FIND_A_MUTATION = 20_000;

  @Test
  void histories_of_fixed_seeds_are_linearizable() {
    Long one = Long.getLong("sim.seed");
    if (one != null) {
      var mutation = Mutation.valueOf(System.getProperty("sim.mutation", "NONE"));
      assertThat(Scene.run(one, mutation, true).wrong()).isNull();
      return;
    }
    RunResult total = RunResult.NOTHING;
    for (long seed = 0; seed < Long.getLong("sim.seeds", FIXED_SEEDS); seed++) {
      total = total.plus(Scene.run(seed, Mutation.NONE, false));
      assertThat(total.wrong()).isNull();
    }
    assertThat(total.answered()).as("most is answered").isGreaterThan(4 * total.refused());
  }

  @Test
  void histories_of_fresh_seeds_are_linearizable() {
    long start = System.nanoTime();
    for (long seed = start >>> 1; System.nanoTime() - start < FRESH_NANOS; seed++) {
      assertThat(Scene.run(seed, Mutation.NONE, false).wrong()).isNull();
    }
  }

  @Test
  void long_histories_are_linearizable() {
    for (long seed = 0; seed < LONG_SEEDS; seed++) {
      assertThat(Scene.runLong(seed, 200).wrong()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_broken_protocol_is_found_out(Mutation mutation) {
    for (long seed = 0; seed < SEEDS_TO_FIND_A_MUTATION; seed++) {
      if (Scene.run(seed, mutation, false).wrong() != null) {
        return;
      }
    }
    throw new AssertionError("nobody noticed " + mutation);
  }

  @Test
  void a_seed_replays_the_same_run() {
    for (long seed = 0; seed < 20; seed++) {
      var first = Scene.run(seed, Mutation.NO_CONSENSUS, false);
      assertThat(Scene.run(seed, Mutation.NO_CONSENSUS, false)).isEqualTo(first);
    }
  }
}
