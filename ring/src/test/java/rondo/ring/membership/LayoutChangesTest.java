package rondo.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.placement.Replication;
import rondo.ring.value.NodeId;

/**
 * Operators change clusters under load: nodes are drained, removed, lost, grow and change zones,
 * numbers of copies change, several changes wait for each other, and nodes crash all the while;
 * -Drondo.seeds=N runs more of them, -Drondo.seed=S -Drondo.trace=true prints one.
 */
@Tag("simulation")
final class LayoutChangesTest {
  private static final long SECOND = 1_000_000_000L;

  static LongStream seeds() {
    long one = Long.getLong("rondo.seed", -1L);
    return one < 0 ? LongStream.range(0, Long.getLong("rondo.seeds", 24L)) : LongStream.of(one);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orders_are_carried_out_and_every_key_stays_linearizable(long seed) {
    var run = new Run(seed, Broken.NOTHING);
    run.run();

    assertThat(run.unfinished()).as("seed %d", seed).isEmpty();
    assertThat(run.clients.history.violations()).as("seed %d", seed).isEmpty();
    assertThat(run.clients.chunks()).as("seed %d", seed).isPositive();
    assertThat(run.thin).as("seed %d", seed).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHUNK_FENCE", "ONE_LISTED"})
  void a_change_that_leaves_chunks_behind_is_found(Broken broken) {
    assertThat(LongStream.range(0, 300))
        .anyMatch(seed -> {
          var run = new Run(seed, broken);
          run.run();
          return !run.thin.isEmpty();
        });
  }

  @Test
  void rows_of_a_class_of_copies_that_are_left_behind_are_found() {
    assertThat(LongStream.range(0, 100))
        .anyMatch(seed -> {
          var run = new Run(seed, Broken.CLASSES);
          run.run();
          return !run.clients.history.violations().isEmpty();
        });
  }

  /** One cluster's life. */
  private static final class Run {
    final SimulatedCluster cluster;
    final SimulatedClients clients;
    private final AtomicInteger script = new AtomicInteger(1);
    private final List<LayoutChange> given = new ArrayList<>();
    private @Nullable NodeId lost;
    private long crashesUntil;

    /** Chunks with too few copies in the end. */
    private List<String> thin = List.of();

    Run(long seed, Broken broken) {
      cluster = new SimulatedCluster(seed, broken);
      clients = new SimulatedClients(cluster);
    }

    void run() {
      int size = 3 + cluster.random.nextInt(3);
      for (long id = 1; id <= size; id++) {
        SimulatedNode node = cluster.add(id);
        node.zone = "z" + id % 3;
        node.start(id == 1 ? null : new NodeId(1));
      }
      cluster.simulation.start("operator", this::operate);
      cluster.simulation.run(() -> script.get() == 0, 900 * SECOND);
    }

    /** The violations at the end. */
    List<String> unfinished() {
      var wrong = new ArrayList<String>();
      if (script.get() != 0) {
        wrong.add("orders " + given + " are not carried out");
      }
      for (SimulatedNode node : cluster.nodes.values()) {
        Layout layout = layout(node);
        if (layout != null && lost != null && layout.to().holders().contains(lost)) {
          wrong.add("a lost node holds something");
        }
      }
      return wrong;
    }

    private void operate() {
      await(this::isSettled);
      clients.start(4, 20);
      clients.startChunks(3, 15);
      crashesUntil = cluster.simulation.nanos() + 15 * SECOND;
      crash();
      int orders = 1 + cluster.random.nextInt(3);
      int classAt = cluster.random.nextInt(orders + 1);
      for (int i = 0; i <= orders; i++) {
        cluster.simulation.pause(cluster.random.nextLong(5 * SECOND));
        if (i == classAt) {
          int copies = List.of(1, 2, 3, 5).get(cluster.random.nextInt(4));
          order(new LayoutChange.CopyClass(Replication.majority(copies)));
          clients.useNextClass();
        } else {
          order(order());
        }
      }
      await(() -> clients.areDone() && cluster.simulation.nanos() > crashesUntil + 4 * SECOND);
      await(this::isSettled);
      readAll();
      // By now the nodes have removed data that they no longer own.
      cluster.simulation.pause(200 * SECOND);
      order(new LayoutChange.Capacity(someMember(), 1L << 40));
      await(this::isSettled);
      readAll();
      thin = clients.thinChunks(newest());
      script.set(0);
    }

    private Layout newest() {
      return cluster.nodes.values().stream()
          .map(Run::layout)
          .filter(Objects::nonNull)
          .max(Comparator.comparingLong(Layout::epoch))
          .orElseThrow();
    }

    /** Reads every key through every member; a node that was removed is let in nowhere. */
    private void readAll() {
      for (SimulatedNode node : cluster.nodes.values()) {
        await(() -> !node.isUp() || hasLeft(node) || clients.readAll(node));
      }
    }

    private static boolean hasLeft(SimulatedNode node) {
      Layout layout = layout(node);
      return layout != null && layout.node(node.id) == null && layout.members().leaves(node.id);
    }

    private LayoutChange order() {
      NodeId node = someMember();
      return switch (cluster.random.nextInt(8)) {
        case 0 -> new LayoutChange.Capacity(node, 0);
        case 1 -> new LayoutChange.Remove(node);
        case 2, 3 -> lose(node);
        case 4 -> new LayoutChange.Zone(node, "z" + cluster.random.nextInt(4));
        case 5 -> new LayoutChange.Capacity(node, (1L << 38) * (1 + cluster.random.nextInt(9)));
        case 6 -> new LayoutChange.Copies(Replication.majority(1 + cluster.random.nextInt(5)));
        default -> joiner();
      };
    }

    /** Loses at most one node for good, which may be a joiner that is still copying. */
    private LayoutChange lose(NodeId node) {
      if (lost != null || !cluster.nodes.values().stream().allMatch(Run::canLoseOne)) {
        return new LayoutChange.Zone(node, "z1");
      }
      LayoutChange order = cluster.random.nextBoolean() ? joiner() : new LayoutChange.Lose(node);
      NodeId gone =
          order instanceof LayoutChange.Lose(NodeId id) ? id : new NodeId(cluster.nodes.size());
      cluster.simulation.pause(cluster.random.nextLong(SECOND));
      if (order instanceof LayoutChange.Add) {
        await(() -> cluster.nodes.values().stream().anyMatch(it -> knows(it, gone)));
        cluster.simulation.pause(cluster.random.nextLong(SECOND));
      }
      if (!cluster.nodes.values().stream().allMatch(Run::canLoseOne)) {
        // An order before this one has had the time to take a copy.
        return order instanceof LayoutChange.Add ? order : new LayoutChange.Zone(node, "z1");
      }
      lost = gone;
      Objects.requireNonNull(cluster.nodes.get(gone)).crash();
      return new LayoutChange.Lose(gone);
    }

    private LayoutChange joiner() {
      NodeId seed = someMember();
      SimulatedNode node = cluster.add(cluster.nodes.size() + 1L);
      node.zone = "z" + cluster.random.nextInt(4);
      node.start(seed);
      return new LayoutChange.Add(node.id);
    }

    private NodeId someMember() {
      List<NodeId> members = new ArrayList<>(cluster.nodes.keySet());
      members.remove(lost);
      return members.get(cluster.random.nextInt(members.size()));
    }

    /** Gives a change through any node, until one reports that it stands in the layout. */
    private void order(LayoutChange order) {
      given.add(order);
      cluster.simulation.trace("order: " + order);
      await(() -> {
        SimulatedNode node = cluster.nodes.get(someMember());
        Membership membership = node == null ? null : node.membership;
        try {
          return membership != null
              && membership.layout() != null
              && membership.order(
                  List.of(order, new LayoutChange.UnderReplicated()),
                  cluster.simulation.nanos() + 5 * SECOND);
        } catch (IllegalArgumentException refused) {
          // The node was the last that holds data, or is gone already.
          cluster.simulation.trace("refused: " + refused.getMessage());
          return !(order instanceof LayoutChange.Lose);
        }
      });
    }

    private void crash() {
      if (cluster.simulation.nanos() > crashesUntil) {
        return;
      }
      SimulatedNode node = cluster.nodes.get(someMember());
      if (node != null && node.isUp()) {
        node.crash();
        cluster.simulation.at(cluster.random.nextLong(3 * SECOND), () -> restart(node));
      }
      cluster.simulation.at(SECOND / 2 + cluster.random.nextLong(5 * SECOND), this::crash);
    }

    private void restart(SimulatedNode node) {
      if (!node.isUp() && !node.id.equals(lost)) {
        node.start(node.isKnown() ? null : new NodeId(1));
      }
    }

    private void await(java.util.function.BooleanSupplier done) {
      while (!done.getAsBoolean()) {
        cluster.simulation.pause(SECOND / 10);
      }
    }

    /** Whether all members use one settled layout, and no change is due. */
    private boolean isSettled() {
      long epoch = 0;
      for (SimulatedNode node : cluster.nodes.values()) {
        Layout layout = layout(node);
        if (node.id.equals(lost)) {
          continue;
        }
        if (layout == null) {
          return false;
        }
        epoch = Math.max(epoch, layout.epoch());
      }
      for (SimulatedNode node : cluster.nodes.values()) {
        Layout layout = layout(node);
        if (!node.id.equals(lost) && !(layout != null && isAtRest(node, layout, epoch))) {
          return false;
        }
      }
      return true;
    }

    private boolean isAtRest(SimulatedNode node, Layout layout, long epoch) {
      Membership membership = node.membership;
      return hasLeft(node)
          || (layout.node(node.id) != null
              && membership != null
              && membership.isInUse()
              && layout.epoch() == epoch
              && !layout.joint()
              && !layout.due());
    }

    /** Whether a node may be lost: one of three copies may, one of two or beside a vacancy not. */
    private static boolean canLoseOne(SimulatedNode node) {
      Layout layout = layout(node);
      return layout != null
          && layout.from().vacancies() + layout.to().vacancies() == 0
          && Stream.of(layout.members().wishes(), layout.from().classes(), layout.to().classes())
              .flatMap(List::stream)
              .allMatch(replication -> replication.n() >= 3);
    }

    private static boolean knows(SimulatedNode node, NodeId id) {
      Layout layout = layout(node);
      return layout != null && layout.node(id) != null;
    }

    private static @Nullable Layout layout(SimulatedNode node) {
      Membership membership = node.membership;
      return membership == null ? null : membership.layout();
    }
  }
}
