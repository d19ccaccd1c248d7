package rondo.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.layout.Dismissal;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.node.EpochFence;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * A node is given up while another member is cut off from the rest, and reads rows of every member
 * that it reaches, the one that knows nothing of it too. Once the change counts as acknowledged, no
 * member answers it. {@code -Drondo.seeds=N} runs more seeds.
 */
@Tag("simulation")
final class DismissalTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Key KEY = new Key(1, Bytes.utf8("secrets"), Bytes.EMPTY);
  private static final NodeId DISMISSED = new NodeId(5);

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 8));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_dismissed_node_reads_nothing_once_that_is_acknowledged(long seed) {
    var run = new Run(seed, Broken.NOTHING);
    run.run();

    assertThat(run.done).as("acknowledged").isTrue();
    assertThat(run.before).as("a member reads").isTrue();
    assertThat(run.cutOffWasAwaited).isTrue();
    assertThat(run.leaks).isEmpty();
  }

  @Test
  void a_node_that_answers_without_a_lease_is_found() {
    assertThat(LongStream.range(0, 10))
        .anyMatch(seed -> {
          var run = new Run(seed, Broken.LEASE);
          run.run();
          return !run.leaks.isEmpty();
        });
  }

  /** A fence that knows no lease, and still refuses nodes that it knows to be out. */
  static EpochFence withoutLease(Membership node, NodeId id) {
    EpochFence whole = node.requestFence();
    return (from, epoch, answer) -> {
      Layout layout = Objects.requireNonNull(node.layout());
      return whole.under(Dismissal.isOut(layout, from) ? from : id, epoch, answer);
    };
  }

  private static final class Run {
    final SimulatedCluster cluster;
    final List<String> leaks = new ArrayList<>();
    boolean before;
    boolean cutOffWasAwaited;
    boolean done;

    Run(long seed, Broken broken) {
      cluster = new SimulatedCluster(seed, broken);
    }

    void run() {
      for (long id = 1; id <= 5; id++) {
        SimulatedNode node = cluster.add(id);
        node.zone = "z" + id % 3;
        node.name = "n" + id;
        node.start(id == 1 ? null : new NodeId(1));
      }
      cluster.simulation.start("operator", this::operate);
      cluster.simulation.run(() -> done, 600 * SECOND);
    }

    private void operate() {
      await(() -> cluster.nodes.values().stream().allMatch(Run::isSettled));
      SimulatedNode first = node(1);
      SimulatedNode cutOff = node(2);
      await(() -> {
        before = answers(cutOff);
        return before;
      });
      cutOff.isolate(true);
      Membership membership = Objects.requireNonNull(first.membership);
      var lose = List.<LayoutChange>of(new LayoutChange.Lose(DISMISSED));
      await(() -> membership.order(lose, cluster.simulation.nanos() + SECOND));
      cutOffWasAwaited = membership.silent().contains(cutOff.id);
      await(() -> membership.silent().isEmpty());
      for (SimulatedNode node : cluster.nodes.values()) {
        if (!node.id.equals(DISMISSED) && answers(node)) {
          leaks.add(node.id.toString());
        }
      }
      done = true;
    }

    private static boolean isSettled(SimulatedNode node) {
      Layout layout = Objects.requireNonNull(node.membership).layout();
      return layout != null && !layout.joint() && layout.to().holders().size() == 5;
    }

    /** Whether a node answers the one that is, or is to be, dismissed. */
    private boolean answers(SimulatedNode node) {
      Layout layout = Objects.requireNonNull(Objects.requireNonNull(node.membership).layout());
      var query = new Request.Query(layout.epoch(), KEY, true);
      return Objects.requireNonNull(node.replica).handle(DISMISSED, query) instanceof Reply.State;
    }

    private SimulatedNode node(long id) {
      return Objects.requireNonNull(cluster.nodes.get(new NodeId(id)));
    }

    private void await(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        cluster.simulation.pause(SECOND / 5);
      }
    }
  }
}
