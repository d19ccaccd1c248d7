package rondo.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/**
 * Nodes lose their disks one after the other under load, and take their places again: every order
 * of one to three of three nodes, some of five, with crashes, lost messages, and old lives that run
 * on behind a network partition. -Drondo.seeds=N runs more of them.
 */
@Tag("simulation")
final class LivesTest {
  private static final long SECOND = 1_000_000_000L;

  /** A number of nodes, the order in which they lose their disks, and a seed. */
  record Wipes(int nodes, List<Integer> order, long seed) {}

  static Stream<Wipes> wipes() {
    List<List<Integer>> three = orders(3);
    List<List<Integer>> five = orders(5);
    long rounds = Long.getLong("rondo.seeds", 1L);
    long one = Long.getLong("rondo.seed", -1L);
    return LongStream.range(0, rounds)
        .boxed()
        .flatMap(round ->
            Stream.concat(
                IntStream.range(0, 2 * three.size())
                    .mapToObj(i -> new Wipes(3, three.get(i % three.size()), 100 * round + i)),
                IntStream.range(0, five.size())
                    .filter(i -> rounds > 1 || i % 27 == 0)
                    .mapToObj(i -> new Wipes(5, five.get(i), 1000 * round + i))))
        .filter(it -> one < 0 || it.seed() == one);
  }

  /** All orders of one to {@code nodes} of the nodes. */
  private static List<List<Integer>> orders(int nodes) {
    List<List<Integer>> all = new ArrayList<>();
    List<List<Integer>> longest = List.of(List.of());
    for (int length = 1; length <= nodes; length++) {
      longest =
          longest.stream()
              .flatMap(before ->
                  IntStream.range(0, nodes)
                      .filter(node -> !before.contains(node))
                      .mapToObj(node -> Stream.concat(before.stream(), Stream.of(node)).toList()))
              .toList();
      all.addAll(longest);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("wipes")
  void emptied_nodes_take_their_places_and_every_key_stays_linearizable(Wipes wipes) {
    var run = new Run(wipes, Broken.NOTHING);
    run.run();

    assertThat(run.unfinished()).isEmpty();
    assertThat(run.clients.history.violations()).isEmpty();
    assertThat(run.thin).isEmpty();
    assertThat(run.strayed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SAME_LIFE", "FENCE", "HASTE"})
  void lives_that_are_not_kept_apart_are_found(Broken broken) {
    List<List<Integer>> orders = orders(3);
    assertThat(LongStream.range(0, 200))
        .anyMatch(seed -> {
          var run = new Run(new Wipes(3, orders.get((int) (seed % orders.size())), seed), broken);
          run.run();
          return !run.clients.history.violations().isEmpty() || !run.thin.isEmpty();
        });
  }

  @Test
  void two_of_three_that_are_emptied_at_once_get_no_seat() {
    var run = new Run(new Wipes(3, List.of(0, 1), 3), Broken.NOTHING);
    run.together = true;
    run.run();

    assertThat(run.clients.history.violations()).isEmpty();
    SimulatedNode left = Objects.requireNonNull(run.cluster.nodes.get(new NodeId(3)));
    Layout layout = Objects.requireNonNull(Run.layout(left));
    assertThat(layout.to().holders()).containsExactly(id(1), id(2), id(3));
    assertThat(run.refusals)
        .isNotEmpty()
        .allMatch(why -> why.startsWith("waits for nodes that hold data with the old 'n"));
  }

  @Test
  void a_name_whose_holder_answers_is_refused() {
    var run = new Run(new Wipes(3, List.of(1), 5), Broken.NOTHING);
    run.doubled = true;
    run.run();

    SimulatedNode left = Objects.requireNonNull(run.cluster.nodes.get(id(3)));
    assertThat(Objects.requireNonNull(Run.layout(left)).to().holders())
        .containsExactly(id(1), id(2), id(3));
    assertThat(run.refusals)
        .isNotEmpty()
        .allMatch(why -> why.startsWith("another node is called 'n2', at node-2:"));
  }

  private static NodeId id(long id) {
    return new NodeId(id);
  }

  /** One cluster's life. */
  private static final class Run {
    final SimulatedCluster cluster;
    final SimulatedClients clients;
    private final Wipes wipes;

    /** By place: the node that has it now. */
    private final List<SimulatedNode> places = new ArrayList<>();

    private boolean done;
    private @Nullable SimulatedNode emptied;

    /** Whether all disks are lost at once. */
    private boolean together;

    /** Whether a second node comes under the name of one that runs. */
    private boolean doubled;

    private long crashesUntil;

    /** Chunks with too few copies in the end. */
    private List<String> thin = List.of();

    /** Moves to other places than the emptied one. */
    private final List<String> strayed = new ArrayList<>();

    private final List<String> refusals = new ArrayList<>();

    Run(Wipes wipes, Broken broken) {
      this.wipes = wipes;
      cluster = new SimulatedCluster(wipes.seed(), broken);
      clients = new SimulatedClients(cluster);
    }

    void run() {
      for (long id = 1; id <= wipes.nodes(); id++) {
        SimulatedNode node = cluster.add(id);
        node.zone = "z" + id % 3;
        node.name = "n" + id;
        node.start(id == 1 ? null : id(1));
        places.add(node);
      }
      cluster.simulation.start("operator", this::operate);
      cluster.simulation.run(() -> done, 900 * SECOND);
    }

    List<String> unfinished() {
      return done ? List.of() : List.of("not settled: " + wipes + " " + refusals);
    }

    private void operate() {
      await(this::isSettled);
      clients.start(4, Math.min(40, 15 + 10 * wipes.order().size()));
      clients.startChunks(3, 15);
      if (together || doubled) {
        bothAtOnce();
        done = true;
        return;
      }
      crashesUntil = cluster.simulation.nanos() + 60 * SECOND;
      if (cluster.random.nextBoolean()) {
        crash();
      }
      for (int place : wipes.order()) {
        cluster.simulation.pause(cluster.random.nextLong(3 * SECOND));
        empty(place);
        await(this::isSettled);
      }
      crashesUntil = 0;
      await(() -> clients.areDone() && places.stream().allMatch(SimulatedNode::isUp));
      await(this::isSettled);
      for (SimulatedNode node : places) {
        await(() -> clients.readAll(node));
      }
      thin = clients.thinChunks(Objects.requireNonNull(layout(places.getFirst())));
      done = true;
    }

    private void bothAtOnce() {
      cluster.simulation.pause(SECOND);
      for (int place : wipes.order()) {
        SimulatedNode before = places.get(place);
        if (together) {
          before.crash();
        }
        SimulatedNode after = cluster.emptied(before);
        after.start(id(3));
        places.set(place, after);
      }
      for (int second = 0; second < 60; second++) {
        cluster.simulation.pause(SECOND);
        for (int place : wipes.order()) {
          Membership membership = places.get(place).membership;
          String why = membership == null ? "" : membership.obstacle();
          if (!why.isEmpty() && second > 30) {
            refusals.add(why);
          }
        }
      }
    }

    /** One place's disk is lost; now and then its old life runs on, cut off from the others. */
    private void empty(int place) {
      SimulatedNode before = places.get(place);
      emptied = before;
      boolean alive = cluster.random.nextInt(3) == 0 && cluster.broken != Broken.SAME_LIFE;
      Layout old = newest();
      if (alive) {
        before.isolate(true);
      } else {
        before.crash();
      }
      cluster.simulation.pause(cluster.random.nextLong(2 * SECOND));
      SimulatedNode after = cluster.emptied(before);
      places.set(place, after);
      if (alive) {
        after.cutOff(before.id);
        before.cutOff(after.id);
      }
      after.start(other(after));
      await(() -> Objects.equals(named(newest(), after.name), after.id));
      if (alive) {
        cluster.simulation.at(cluster.random.nextLong(20 * SECOND), () -> before.isolate(false));
      }
      for (SimulatedNode node : places) {
        boolean same = newest().to().heldBy(node.id).equals(old.to().heldBy(node.id));
        if (!node.equals(after) && !same) {
          strayed.add(node.name + " after " + wipes);
        }
      }
    }

    private static @Nullable NodeId named(Layout layout, String name) {
      Node node = layout.members().named(name);
      return node == null ? null : node.id();
    }

    private Layout newest() {
      return places.stream()
          .map(Run::layout)
          .filter(Objects::nonNull)
          .max(Comparator.comparingLong(Layout::epoch))
          .orElseThrow();
    }

    private NodeId other(SimulatedNode than) {
      List<SimulatedNode> others =
          places.stream().filter(node -> !node.equals(than) && node.isKnown()).toList();
      return others.get(cluster.random.nextInt(others.size())).id;
    }

    /** A node crashes, one at a time, and comes back with its disk. */
    private void crash() {
      if (cluster.simulation.nanos() > crashesUntil) {
        return;
      }
      SimulatedNode node = places.get(cluster.random.nextInt(places.size()));
      if (node.isUp() && places.stream().allMatch(SimulatedNode::isUp)) {
        node.crash();
        cluster.simulation.at(
            cluster.random.nextLong(3 * SECOND),
            () -> {
              if (!node.isUp() && !node.equals(emptied)) {
                node.start(node.isKnown() ? null : other(node));
              }
            });
      }
      cluster.simulation.at(SECOND + cluster.random.nextLong(5 * SECOND), this::crash);
    }

    private void await(BooleanSupplier done) {
      while (!done.getAsBoolean()) {
        cluster.simulation.pause(SECOND / 10);
      }
    }

    /** Whether all places' nodes use one settled layout that names them. */
    private boolean isSettled() {
      List<Layout> layouts = places.stream().map(Run::layout).filter(Objects::nonNull).toList();
      return layouts.size() == places.size()
          && layouts.stream().map(Layout::epoch).distinct().count() == 1
          && places.stream().allMatch(Run::isAtRest);
    }

    private static boolean isAtRest(SimulatedNode node) {
      Membership membership = node.membership;
      Layout layout = layout(node);
      return membership != null
          && layout != null
          && membership.isInUse()
          && layout.node(node.id) != null
          && !layout.joint()
          && !layout.due();
    }

    private static @Nullable Layout layout(SimulatedNode node) {
      Membership membership = node.membership;
      return membership == null ? null : membership.layout();
    }
  }
}
