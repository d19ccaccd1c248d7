package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static rondo.ring.membership.SettledCluster.await;
import static rondo.ring.membership.SettledCluster.node;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.message.Reply;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** Clusters in which one node's wall clock is, or becomes, wrong. */
@Tag("simulation")
final class WrongClocksTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final Key KEY = SimulatedClients.key("key");

  @ParameterizedTest
  @ValueSource(longs = {-24 * 365 * 10, -1, 1, 24 * 365 * 10})
  void a_clock_that_jumps_while_serving_stamps_nothing(long hours) {
    eachSeed(cluster -> {
      assertWrites(cluster, 1);
      node(cluster, 3).wrongMicros = hours * HOUR_MICROS;
      for (int i = 0; i < 10; i++) {
        assertRefused(write(cluster, 3));
        assertWrites(cluster, 1 + i % 2);
        cluster.simulation.pause(SECOND / 2);
      }
      node(cluster, 3).wrongMicros = 0;
      await(cluster, () -> isSound(cluster, 3));
      assertWrites(cluster, 3);
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {-24 * 365, -1, 1, 24 * 365})
  void a_node_that_starts_with_a_wrong_clock_stamps_nothing(long hours) {
    eachSeed(cluster -> {
      assertWrites(cluster, 1);
      node(cluster, 2).crash();
      node(cluster, 2).wrongMicros = hours * HOUR_MICROS;
      node(cluster, 2).start(null);
      for (int i = 0; i < 20; i++) {
        assertRefused(write(cluster, 2));
        cluster.simulation.pause(SECOND / 10);
      }
      assertWrites(cluster, 3);
      assertThat(requireNonNull(node(cluster, 2).judge).trouble()).contains("set it right");
      node(cluster, 2).wrongMicros = 0;
      await(cluster, () -> isSound(cluster, 2));
      assertWrites(cluster, 2);
    });
  }

  @Test
  void the_others_go_on_while_one_of_them_is_down_and_a_third_is_wrong() {
    eachSeed(cluster -> {
      assertWrites(cluster, 1);
      node(cluster, 2).crash();
      cluster.simulation.pause(20 * SECOND);
      node(cluster, 3).wrongMicros = 24 * HOUR_MICROS;
      cluster.simulation.pause(3 * SECOND);
      assertWrites(cluster, 1);
      assertRefused(write(cluster, 3));
    });
  }

  @Test
  void small_differences_do_not_matter() {
    eachSeed(cluster -> {
      node(cluster, 1).wrongMicros = 2_000_000;
      node(cluster, 3).wrongMicros = -3_000_000;
      for (int i = 0; i < 10; i++) {
        cluster.simulation.pause(SECOND);
        List.of(1L, 2L, 3L).forEach(id -> assertWrites(cluster, id));
      }
    });
  }

  /** Writes through a node, and checks that the stamp is from about now and that all read it. */
  private static void assertWrites(SimulatedCluster cluster, long id) {
    Outcome<ConditionalResult.Written> outcome = write(cluster, id);
    assertThat(outcome).isInstanceOf(Outcome.Reached.class);
    if (outcome instanceof Outcome.Reached<ConditionalResult.Written>(var written)) {
      long now = cluster.simulation.time().wallMicros();
      assertThat(Math.abs(written.stamp().time() - now))
          .isLessThan(SimulatedCluster.CLOCK_LIMIT_MICROS);
      Outcome<VersionedValue> read =
          coordinator(cluster, id).read(KEY, ConsistencyLevel.LINEARIZABLE, deadline(cluster));
      assertThat(read).isInstanceOf(Outcome.Reached.class);
    }
  }

  private static void assertRefused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    if (outcome instanceof Outcome.Refused<?>(Reply.Reason reason, String detail)) {
      assertThat(reason).isEqualTo(Reply.Reason.UNAVAILABLE);
      assertThat(detail).contains("clock");
    }
  }

  private static Outcome<ConditionalResult.Written> write(SimulatedCluster cluster, long id) {
    return coordinator(cluster, id).write(KEY, Bytes.utf8("v"), deadline(cluster));
  }

  private static long deadline(SimulatedCluster cluster) {
    return cluster.simulation.nanos() + 8 * SECOND;
  }

  private static Coordinator coordinator(SimulatedCluster cluster, long id) {
    return requireNonNull(node(cluster, id).coordinator);
  }

  private static boolean isSound(SimulatedCluster cluster, long id) {
    return requireNonNull(node(cluster, id).judge).isSound();
  }

  private static void eachSeed(Consumer<SimulatedCluster> script) {
    for (long seed = 0; seed < 3; seed++) {
      run(seed, script);
    }
  }

  private static void run(long seed, Consumer<SimulatedCluster> script) {
    var cluster = new SimulatedCluster(seed, Broken.NOTHING);
    cluster.judgesClocks = true;
    SettledCluster.run(cluster, 3, seed, script);
  }
}
