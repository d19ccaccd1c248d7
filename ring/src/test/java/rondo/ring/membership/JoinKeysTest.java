package rondo.ring.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.layout.Feature;
import rondo.ring.layout.JoinKey;
import rondo.ring.layout.JoinKeys;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.layout.LayoutCodec;
import rondo.ring.layout.Members;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Join tokens are counted once in the whole cluster, whoever takes a node in. */
final class JoinKeysTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String ID = "0123abcd";

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 6));
  }

  @Tag("simulation")
  @ParameterizedTest
  @MethodSource("seeds")
  void a_token_for_two_takes_two_of_four_in_that_come_at_once_to_different_nodes(long seed) {
    var run = new Run(seed);
    run.run();

    assertThat(run.done).isTrue();
    assertThat(run.members).hasSize(3 + 2);
    assertThat(run.refusals).hasSize(2).allMatch(why -> why.contains("is used up"));
  }

  @Test
  void a_token_is_named_counted_and_ended_once() {
    Node node = new Node(new NodeId(1), "z", 1, "a:1", "");
    Layout first =
        Layout.first("c", new Ring(4), node, Replication.DEFAULT).agreeing(Feature.RELEASE);
    var token = new JoinKey(ID, Bytes.utf8("key"), 2, 1000, false);
    Members named = first.members().under(new LayoutChange.Token(token));
    Members used = JoinKeys.using(named, ID);

    assertThat(JoinKeys.of(used, ID)).extracting(JoinKey::uses).isEqualTo(1);
    assertThat(used.under(new LayoutChange.Token(token))).as("given twice").isEqualTo(used);
    assertThat(token.obstacle(999)).isEmpty();
    assertThat(token.obstacle(1000)).contains("has expired");
    JoinKey spent = JoinKeys.of(JoinKeys.using(used, ID), ID);
    assertThat(Objects.requireNonNull(spent).obstacle(0)).contains("is used up");
    Members ended = used.under(new LayoutChange.Revoke(ID));
    assertThat(Objects.requireNonNull(JoinKeys.of(ended, ID)).obstacle(0)).contains("was revoked");
    assertThat(ended.under(new LayoutChange.Token(token))).isEqualTo(ended);
    assertThatThrownBy(() -> used.under(new LayoutChange.Revoke("ffffffff")))
        .hasMessageContaining("there is no token 'ffffffff'");
    Layout layout = Objects.requireNonNull(first.next(ended));
    assertThat(LayoutCodec.decode(LayoutCodec.encode(layout))).isEqualTo(layout);
    LayoutChange change = new LayoutChange.Token(new JoinKey(ID, Bytes.utf8("key"), 0, 7, true));
    assertThat(LayoutChange.parse(change.toString())).isEqualTo(change);
  }

  private static final class Run {
    final SimulatedCluster cluster;
    final List<String> refusals = new ArrayList<>();
    List<NodeId> members = List.of();
    boolean done;

    Run(long seed) {
      cluster = new SimulatedCluster(seed, Broken.NOTHING);
    }

    void run() {
      for (long id = 1; id <= 3; id++) {
        SimulatedNode node = add(id, "");
        node.start(id == 1 ? null : new NodeId(1));
      }
      cluster.simulation.start("operator", this::operate);
      cluster.simulation.run(() -> done, 300 * SECOND);
    }

    private SimulatedNode add(long id, String token) {
      SimulatedNode node = cluster.add(id);
      node.zone = "z" + id % 3;
      node.name = "n" + id;
      node.token = token;
      return node;
    }

    private void operate() {
      SimulatedNode first = Objects.requireNonNull(cluster.nodes.get(new NodeId(1)));
      await(() -> members(first).size() == 3);
      Membership membership = Objects.requireNonNull(first.membership);
      var token = new JoinKey(ID, Bytes.utf8("key"), 2, 0, false);
      var order = List.<LayoutChange>of(new LayoutChange.Token(token));
      await(() -> membership.order(order, cluster.simulation.nanos() + SECOND));
      var comers = new ArrayList<SimulatedNode>();
      for (long id = 4; id <= 7; id++) {
        SimulatedNode comer = add(id, ID);
        comer.start(new NodeId(1 + id % 3));
        comers.add(comer);
      }
      await(() -> comers.stream().filter(it -> refusal(it).contains("is used up")).count() == 2);
      cluster.simulation.pause(20 * SECOND);
      members = members(first);
      comers.stream().map(Run::refusal).filter(it -> !it.isEmpty()).forEach(refusals::add);
      done = true;
    }

    private static String refusal(SimulatedNode node) {
      return Objects.requireNonNull(node.membership).obstacle();
    }

    private static List<NodeId> members(SimulatedNode node) {
      Layout layout = Objects.requireNonNull(node.membership).layout();
      return layout == null || layout.joint()
          ? List.of()
          : layout.nodes().stream().map(Node::id).toList();
    }

    private void await(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        cluster.simulation.pause(SECOND / 5);
      }
    }
  }
}
