package rondo.ring.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Sessions at any level, through any node, while replicas crash and messages are lost: a session
 * never misses a state again that it has read or written.
 */
@Tag("simulation")
final class ReadSessionTest {
  private static final long MILLIS = Simulation.MILLIS;
  private static final List<ConsistencyLevel> LEVELS =
      List.of(
          ConsistencyLevel.ONE,
          ConsistencyLevel.LOCAL_QUORUM,
          ConsistencyLevel.QUORUM,
          ConsistencyLevel.LINEARIZABLE);

  /** A state that a session saw of a key, in the order in which it saw them. */
  private record Told(Key key, Stamp stamp) {}

  @Test
  void sessions_read_their_writes_and_never_go_back() {
    int told = 0;
    for (long seed = 0; seed < 300; seed++) {
      List<List<Told>> sessions = run(seed, true);
      for (List<Told> session : sessions) {
        assertThat(wentBack(session)).as("seed " + seed).isNull();
        told += session.size();
      }
    }
    assertThat(told).as("most is answered").isGreaterThan(300 * 3 * 12);
  }

  @Test
  void without_their_stamps_they_do() {
    for (long seed = 0; seed < 300; seed++) {
      if (run(seed, false).stream().anyMatch(session -> wentBack(session) != null)) {
        return;
      }
    }
    throw new AssertionError("nobody noticed that levels below linearizable promise less");
  }

  @Test
  void the_checker_rejects_what_goes_back() {
    Key key = keys().getFirst();
    var earlier = new Told(key, new Stamp(1, 1, 0));
    var later = new Told(key, new Stamp(2, 1, 0));
    assertThat(wentBack(List.of(earlier, later, later))).isNull();
    assertThat(wentBack(List.of(later, earlier))).isEqualTo(earlier);
    assertThat(wentBack(List.of(later, new Told(keys().getLast(), earlier.stamp())))).isNull();
  }

  private static @Nullable Told wentBack(List<Told> session) {
    Map<Key, Stamp> newest = new HashMap<>();
    for (Told told : session) {
      Stamp before = newest.getOrDefault(told.key(), Stamp.ZERO);
      if (told.stamp().compareTo(before) < 0) {
        return told;
      }
      newest.put(told.key(), told.stamp());
    }
    return null;
  }

  private static List<List<Told>> run(long seed, boolean remembering) {
    var simulation = new Simulation(seed, false);
    var cluster =
        new RegisterCluster(simulation, Mutation.NONE, RegisterCluster.chain(3, 1, 2, 2), 100);
    cluster.wire.faults(0.05, 0.05);
    var sessions = new ArrayList<List<Told>>();
    var running = new int[1];
    for (int i = 0; i < 3; i++) {
      var session = new ArrayList<Told>();
      sessions.add(session);
      running[0]++;
      simulation.start(
          "session",
          () -> {
            for (int step = 0; step < 20; step++) {
              simulation.pause((1 + simulation.random().nextInt(60)) * MILLIS);
              step(cluster, session, remembering);
            }
            running[0]--;
          });
    }
    simulation.start("faults", () -> new Faults(cluster).run());
    if (seed % 3 == 0) {
      simulation.at(200 * MILLIS, () -> cluster.beginMove(keys()));
    }
    simulation.run(() -> running[0] == 0, 120_000 * MILLIS);
    return sessions;
  }

  private static void step(RegisterCluster cluster, List<Told> session, boolean remembering) {
    Random random = cluster.random;
    Key key = keys().get(random.nextInt(keys().size()));
    CoordinatorNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    Coordinator coordinator = node.coordinator(cluster.wire.from(node.id()));
    long deadline = cluster.simulation.nanos() + 3_000 * MILLIS;
    if (random.nextInt(3) == 0) {
      var outcome = coordinator.write(key, Bytes.utf8("v" + random.nextInt()), deadline);
      if (outcome
          instanceof
          Outcome.Reached<ConditionalResult.Written>(ConditionalResult.Written written)) {
        session.add(new Told(key, written.stamp()));
      }
      return;
    }
    Stamp atLeast = remembering ? newest(session, key) : Stamp.ZERO;
    ConsistencyLevel level = LEVELS.get(random.nextInt(LEVELS.size()));
    var outcome = coordinator.read(key, level, atLeast, deadline);
    if (outcome instanceof Outcome.Reached<VersionedValue>(VersionedValue state)) {
      session.add(new Told(key, state.stamp()));
    }
  }

  private static Stamp newest(List<Told> session, Key key) {
    return session.stream()
        .filter(told -> told.key().equals(key))
        .map(Told::stamp)
        .max(Stamp::compareTo)
        .orElse(Stamp.ZERO);
  }

  private static List<Key> keys() {
    Bytes partition = Bytes.utf8("p");
    return List.of(new Key(1, partition, Bytes.utf8("a")), new Key(1, partition, Bytes.utf8("b")));
  }
}
