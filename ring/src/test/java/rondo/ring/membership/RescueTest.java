package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.membership.RescueScene.Back;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/**
 * Nodes die for good under load, those that are left are rescued, and the dead come back: every
 * subset of three and of five nodes, with the moments of their return in turn. {@code
 * -Drondo.seeds=N} runs so many seeds of every subset with every moment.
 */
@Tag("simulation")
final class RescueTest {
  private static final long SECOND = 1_000_000_000L;

  /** A number of nodes, the ids of the dead, when they come back, and a seed. */
  record Deaths(int nodes, List<Long> dead, Back back, long seed) {}

  static Stream<Deaths> deaths() {
    long rounds = Long.getLong("rondo.seeds", 0L);
    long one = Long.getLong("rondo.seed", -1L);
    if (rounds == 0) {
      return Stream.of(3, 5)
          .flatMap(nodes -> deaths(nodes, 0))
          .filter(
              it -> it.seed() / 10 % Back.KEPT_APART.size() == Back.KEPT_APART.indexOf(it.back()));
    }
    return LongStream.range(0, rounds)
        .boxed()
        .flatMap(round -> Stream.of(3, 5).flatMap(nodes -> deaths(nodes, round)))
        .filter(it -> one < 0 || it.seed() == one);
  }

  /** All subsets of so many nodes that leave one, with all moments. */
  private static Stream<Deaths> deaths(int nodes, long round) {
    return IntStream.range(1, (1 << nodes) - 1)
        .boxed()
        .flatMap(mask ->
            Back.KEPT_APART.stream()
                .map(back -> {
                  List<Long> dead =
                      LongStream.rangeClosed(1, nodes)
                          .filter(id -> (mask >> (id - 1) & 1) == 1)
                          .boxed()
                          .toList();
                  long seed =
                      10_000 * round + 1000L * nodes + 10L * mask + Back.KEPT_APART.indexOf(back);
                  return new Deaths(nodes, dead, back, seed);
                }));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void what_is_left_goes_on_as_one_cluster_and_keeps_all_that_it_holds(Deaths deaths) {
    var scene = new RescueScene(deaths.nodes(), deaths.dead(), deaths.back(), deaths.seed());
    scene.run(Broken.NOTHING);

    assertThat(scene.done).as("%s: %s", deaths, scene.stage).isTrue();
    assertThat(scene.faults).as("%s", deaths).isEmpty();
    assertThat(scene.rescued).isEqualTo(!scene.needless);
  }

  @Test
  void copies_that_bring_nothing_are_found() {
    assertThat(deaths(5, 7).filter(it -> it.dead().size() == 2))
        .anyMatch(deaths -> !faults(deaths, Broken.COPY).isEmpty());
  }

  @Test
  void a_broken_promise_to_isolate_the_dead_is_found() {
    assertThat(LongStream.range(0, 20))
        .anyMatch(seed ->
            faults(new Deaths(3, List.of(1L, 2L), Back.APART, seed), Broken.NOTHING).stream()
                .anyMatch(fault -> fault.startsWith("Key[")));
  }

  private static List<String> faults(Deaths deaths, Broken broken) {
    var scene = new RescueScene(deaths.nodes(), deaths.dead(), deaths.back(), deaths.seed());
    scene.run(broken);
    return scene.faults;
  }

  @Test
  void a_rescue_without_need_is_refused() {
    var scene = new RescueScene(3, List.of(2L), Back.NEVER, 4);
    scene.run(Broken.NOTHING);
    assertThat(scene.needless).isTrue();
    assertThat(scene.said.toString()).contains("'rondo node lose' gives them up");
  }

  @Test
  void a_silent_member_that_nobody_names_stops_it() {
    script(cluster -> {
      requireNonNull(cluster.nodes.get(new NodeId(2))).crash();
      requireNonNull(cluster.nodes.get(new NodeId(3))).crash();
      Rescue rescue =
          requireNonNull(requireNonNull(cluster.nodes.get(new NodeId(1))).membership).rescue();
      assertThat(rescue.begin(Set.of(new NodeId(2)), 0, deadline(cluster)).toString())
          .contains("'0000000000000003' gives no answer and isn't named");
    });
  }

  @Test
  void a_lone_survivor_has_one_copy_and_writes_behind_all_stamps_of_the_dead() {
    script(cluster -> {
      requireNonNull(cluster.nodes.get(new NodeId(2))).crash();
      requireNonNull(cluster.nodes.get(new NodeId(3))).crash();
      var left = requireNonNull(cluster.nodes.get(new NodeId(1)));
      var membership = requireNonNull(left.membership);
      var dead = Set.of(new NodeId(2), new NodeId(3));
      long now = cluster.simulation.time().wallMicros();
      assertThat(membership.rescue().begin(dead, 10_000_000, deadline(cluster))).isEmpty();
      assertThat(membership.rescue().begin(dead, 10_000_000, deadline(cluster)))
          .as("twice")
          .isEmpty();

      var layout = requireNonNull(membership.layout());
      assertThat(layout.life().number()).isEqualTo(2);
      assertThat(layout.to().holders()).containsExactly(left.id).noneMatch(Vacancy::is);
      assertThat(layout.life().floorMicros()).isGreaterThan(now + 20_000_000);
      var key = SimulatedClients.key("after");
      var coordinator = requireNonNull(left.coordinator);
      coordinator.write(key, key.partition(), deadline(cluster));
      assertThat(RescueScene.state(left, key).stamp().time())
          .isGreaterThan(layout.life().floorMicros());
    });
  }

  private static long deadline(SimulatedCluster cluster) {
    return cluster.simulation.nanos() + 30 * SECOND;
  }

  private static void script(Consumer<SimulatedCluster> script) {
    SettledCluster.run(new SimulatedCluster(1, Broken.NOTHING), 3, 1, script);
  }

  @Test
  void two_halves_that_give_each_other_up_end_as_one_cluster() {
    for (long seed = 0; seed < 5; seed++) {
      var cluster = new SimulatedCluster(seed, Broken.NOTHING);
      SettledCluster.run(
          cluster,
          3,
          seed,
          _ -> {
            var all = new ArrayList<>(cluster.nodes.values());
            all.get(2).crash();
            all.get(0).isolate(true);
            for (int i = 0; i < 2; i++) {
              var dead = Set.of(all.get(1 - i).id, all.get(2).id);
              Rescue rescue = requireNonNull(all.get(i).membership).rescue();
              assertThat(rescue.begin(dead, 0, deadline(cluster))).isEmpty();
            }
            all.get(0).isolate(false);
            SettledCluster.await(
                cluster, () -> all.subList(0, 2).stream().anyMatch(RescueScene::isLeftBehind));
            cluster.simulation.pause(5 * SECOND);
            assertThat(all.subList(0, 2).stream().filter(RescueScene::isLeftBehind)).hasSize(1);
          });
    }
  }
}
