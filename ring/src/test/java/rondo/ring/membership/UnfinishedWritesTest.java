package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.message.Request;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * A scene too rare for chance: the old owners have chosen a conditional write, one of them has
 * learnt it, its coordinator is dead, and the key moves while that owner is away.
 */
@Tag("simulation")
final class UnfinishedWritesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Key KEY = SimulatedClients.key("key 0");

  @Test
  void what_was_chosen_before_a_move_stands_after_it() {
    assertThat(LongStream.range(0, 10)).allMatch(seed -> holds(seed, Broken.NOTHING));
  }

  @Test
  void a_copy_without_unfinished_writes_is_found() {
    assertThat(LongStream.range(0, 10)).anyMatch(seed -> !holds(seed, Broken.UNFINISHED));
  }

  private static boolean holds(long seed, Broken broken) {
    var cluster = new SimulatedCluster(seed, broken);
    var clients = new SimulatedClients(cluster);
    var done = new AtomicBoolean();
    for (long id = 1; id <= 4; id++) {
      cluster.add(id).start(id == 1 ? null : new NodeId(1));
    }
    cluster.simulation.start(
        "script",
        () -> {
          play(cluster, clients);
          done.set(true);
        });
    cluster.simulation.run(done::get, 300 * SECOND);
    assertThat(done).as("seed %d", seed).isTrue();
    return clients.history.violations().isEmpty();
  }

  private static void play(SimulatedCluster cluster, SimulatedClients clients) {
    SimulatedNode first = node(cluster, 1);
    await(cluster, () -> isSettled(first, 4));
    order(cluster, first, new LayoutChange.Capacity(new NodeId(4), 0));
    await(cluster, () -> isSettled(first, 3));
    chooseOnTwo(cluster, clients);
    node(cluster, 2).crash();
    order(
        cluster,
        first,
        new LayoutChange.Capacity(new NodeId(1), 0),
        new LayoutChange.Capacity(new NodeId(4), 1L << 40));
    await(cluster, () -> isSettled(first, 3) && !layout(first).to().holders().contains(first.id));
    clients.update(node(cluster, 3), KEY, Bytes.utf8("another"));
    node(cluster, 2).start(null);
    for (int i = 0; i < 12; i++) {
      clients.readAll(node(cluster, 2 + i % 3));
    }
  }

  /** Nodes 1 and 2 accept the first value of the key; node 2 alone learns that it is chosen. */
  private static void chooseOnTwo(SimulatedCluster cluster, SimulatedClients clients) {
    long epoch = layout(node(cluster, 1)).epoch();
    var ballot = new Ballot(1, 99);
    Bytes value = Bytes.utf8("chosen");
    clients.history.mayHaveWon(KEY, value);
    for (long id = 1; id <= 2; id++) {
      node(cluster, id)
          .rows
          .answer(new Request.Accept(epoch, KEY, Stamp.ZERO, ballot, ballot, value));
    }
    var chosen = new VersionedValue(Stamp.ZERO.successor(), value);
    node(cluster, 2).rows.answer(new Request.Propagate(epoch, KEY, chosen));
  }

  private static void order(
      SimulatedCluster cluster, SimulatedNode through, LayoutChange... orders) {
    Membership membership = requireNonNull(through.membership);
    await(
        cluster, () -> membership.order(List.of(orders), cluster.simulation.nanos() + 5 * SECOND));
  }

  private static boolean isSettled(SimulatedNode node, int holders) {
    Layout layout = requireNonNull(node.membership).layout();
    return layout != null
        && requireNonNull(node.membership).isInUse()
        && !layout.joint()
        && !layout.due()
        && layout.to().holders().size() == holders;
  }

  private static Layout layout(SimulatedNode node) {
    return requireNonNull(requireNonNull(node.membership).layout());
  }

  private static SimulatedNode node(SimulatedCluster cluster, long id) {
    return requireNonNull(cluster.nodes.get(new NodeId(id)));
  }

  private static void await(SimulatedCluster cluster, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      cluster.simulation.pause(SECOND / 10);
    }
  }
}
