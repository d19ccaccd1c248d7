package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static rondo.ring.membership.SettledCluster.await;
import static rondo.ring.membership.SettledCluster.node;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.message.Reply;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.VersionedValue;

/** Operations while two of three nodes give no answer. */
@Tag("simulation")
final class LostQuorumTest {
  private static final long SECOND = 1_000_000_000L;

  /** The patience of a gateway's call. */
  private static final long PATIENCE = 8 * SECOND;

  private static final Key KEY = SimulatedClients.key("key");

  @Test
  void operations_end_within_a_second_once_the_others_are_suspected() {
    eachSeed(cluster -> {
      stopTwo(cluster);
      cluster.simulation.pause(8 * SECOND);
      for (int i = 0; i < 5; i++) {
        long began = cluster.simulation.nanos();
        assertRefused(read(cluster));
        assertRefused(write(cluster));
        assertThat(cluster.simulation.nanos() - began).isLessThan(2 * SECOND);
      }
    });
  }

  @Test
  void an_operation_that_waits_already_ends_within_a_second_of_the_suspicion() {
    eachSeed(cluster -> {
      stopTwo(cluster);
      var over = new AtomicBoolean();
      cluster.simulation.start(
          "read",
          () -> {
            Outcome<?> outcome = read(cluster);
            while (!(outcome instanceof Outcome.Refused<?>)) {
              outcome = read(cluster);
            }
            over.set(true);
          });
      await(cluster, () -> suspected(cluster, 2) && suspected(cluster, 3));
      cluster.simulation.pause(SECOND);
      assertThat(over).isTrue();
    });
  }

  @Test
  void a_node_that_is_back_ends_it() {
    eachSeed(cluster -> {
      stopTwo(cluster);
      cluster.simulation.pause(8 * SECOND);
      node(cluster, 2).crash();
      node(cluster, 2).start(null);
      await(cluster, () -> !suspected(cluster, 2));
      assertThat(read(cluster)).isInstanceOf(Outcome.Reached.class);
      assertThat(write(cluster)).isInstanceOf(Outcome.Reached.class);
    });
  }

  private static void stopTwo(SimulatedCluster cluster) {
    assertThat(write(cluster)).isInstanceOf(Outcome.Reached.class);
    node(cluster, 2).crash();
    node(cluster, 3).crash();
  }

  private static void assertRefused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    if (outcome instanceof Outcome.Refused<?>(Reply.Reason reason, String detail)) {
      assertThat(reason).isEqualTo(Reply.Reason.UNAVAILABLE);
      assertThat(detail).contains("1 of 3, where 2 are needed");
    }
  }

  private static Outcome<VersionedValue> read(SimulatedCluster cluster) {
    return requireNonNull(node(cluster, 1).coordinator)
        .read(KEY, ConsistencyLevel.LINEARIZABLE, cluster.simulation.nanos() + PATIENCE);
  }

  private static Outcome<?> write(SimulatedCluster cluster) {
    return requireNonNull(node(cluster, 1).coordinator)
        .write(KEY, Bytes.utf8("v"), cluster.simulation.nanos() + PATIENCE);
  }

  private static boolean suspected(SimulatedCluster cluster, long id) {
    return requireNonNull(node(cluster, 1).membership).suspected(new NodeId(id));
  }

  private static void eachSeed(Consumer<SimulatedCluster> script) {
    LongStream.range(0, 5).forEach(seed -> run(seed, script));
  }

  private static void run(long seed, Consumer<SimulatedCluster> script) {
    var cluster = new SimulatedCluster(seed, Broken.NOTHING);
    SettledCluster.run(cluster, 3, seed, script);
  }
}
