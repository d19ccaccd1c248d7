package rondo.ring.membership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static rondo.ring.membership.SettledCluster.await;
import static rondo.ring.membership.SettledCluster.isSettled;
import static rondo.ring.membership.SettledCluster.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.gossip.PhiAccrualDetector;
import rondo.ring.layout.Layout;
import rondo.ring.membership.SimulatedCluster.Broken;
import rondo.ring.membership.SimulatedCluster.SimulatedNode;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** The suspicions in clusters whose nodes stop, flap and are cut off. */
@Tag("simulation")
final class GossipTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void a_dead_node_is_suspected_by_all_soon_and_trusted_again_when_it_is_back() {
    eachSeed(
        5,
        cluster -> {
          node(cluster, 5).crash();
          cluster.simulation.pause(8 * SECOND);
          assertThat(suspicions(cluster)).containsExactly("1>5", "2>5", "3>5", "4>5");
          node(cluster, 5).start(null);
          cluster.simulation.pause(4 * SECOND);
          assertThat(suspicions(cluster)).isEmpty();
        });
  }

  @Test
  void a_node_that_some_can_t_reach_or_hear_is_not_suspected() {
    eachSeed(
        5,
        cluster -> {
          node(cluster, 1).cutOff(new NodeId(2));
          node(cluster, 4).cutOff(new NodeId(3));
          node(cluster, 3).cutOff(new NodeId(4));
          for (int i = 0; i < 20; i++) {
            cluster.simulation.pause(SECOND);
            assertThat(suspicions(cluster)).isEmpty();
          }
        });
  }

  @Test
  void a_stopped_node_is_suspected_alone_and_suspects_nobody_when_it_goes_on() {
    eachSeed(
        5,
        cluster -> {
          node(cluster, 2).freeze(60 * SECOND);
          cluster.simulation.pause(50 * SECOND);
          assertThat(suspicions(cluster)).contains("1>2", "3>2", "4>2", "5>2");
          cluster.simulation.pause(10 * SECOND + SECOND / 20);
          assertThat(suspicions(cluster)).noneMatch(it -> it.startsWith("2>"));
          cluster.simulation.pause(4 * SECOND);
          assertThat(suspicions(cluster)).isEmpty();
        });
  }

  @Test
  void a_node_that_hears_nothing_makes_nobody_suspect_another() {
    eachSeed(
        5,
        cluster -> {
          for (long id = 1; id <= 4; id++) {
            node(cluster, id).cutOff(new NodeId(5));
          }
          for (int i = 0; i < 20; i++) {
            cluster.simulation.pause(SECOND);
            assertThat(suspicions(cluster))
                .allMatch(it -> it.startsWith("5>") || it.endsWith(">5"));
          }
        });
  }

  @Test
  void a_flapping_node_makes_nobody_suspect_another_and_splits_nothing() {
    eachSeed(
        5,
        cluster -> {
          for (int i = 0; i < 20; i++) {
            node(cluster, 3).crash();
            cluster.simulation.pause(cluster.random.nextLong(3 * SECOND));
            node(cluster, 3).start(null);
            cluster.simulation.pause(cluster.random.nextLong(3 * SECOND));
            assertThat(suspicions(cluster))
                .allMatch(it -> it.endsWith(">3") || it.startsWith("3>"));
          }
          cluster.simulation.pause(5 * SECOND);
          assertThat(suspicions(cluster)).isEmpty();
          assertThat(cluster.nodes.values().stream().map(GossipTest::epoch).distinct()).hasSize(1);
        });
  }

  @Test
  void messages_stay_few_in_a_larger_cluster_and_nobody_is_suspected() {
    run(
        3,
        40,
        cluster -> {
          cluster.simulation.pause(10 * SECOND);
          long before = cluster.messages;
          for (int i = 0; i < 20; i++) {
            cluster.simulation.pause(SECOND);
            assertThat(suspicions(cluster)).isEmpty();
          }
          assertThat(cluster.messages - before).isLessThan(20 * 40 * 8);
        });
  }

  @Test
  void a_node_whose_disk_has_gone_back_in_time_answers_for_nothing() {
    run(
        1,
        4,
        cluster -> {
          SimulatedNode old = node(cluster, 4);
          Bytes layout = old.image();
          cluster.add(5).start(new NodeId(1));
          await(cluster, () -> epoch(node(cluster, 5)) > 0 && isSettled(cluster, 5));
          old.crash();
          old.restore(layout);
          old.start(null);
          cluster.simulation.pause(5 * SECOND);
          Membership membership = requireNonNull(old.membership);
          assertThat(membership.isStranger()).isTrue();
          var query = new Request.Query(epoch(old), SimulatedClients.key("key 0"), true);
          assertThat(requireNonNull(old.replica).handle(old.id, query))
              .isInstanceOf(Reply.Refused.class);
        });
  }

  @Test
  void a_disk_of_the_same_start_that_has_gone_back_in_time_is_found_by_its_rounds() {
    run(
        2,
        3,
        cluster -> {
          SimulatedNode old = node(cluster, 3);
          cluster.simulation.pause(2 * SECOND);
          long rounds = old.rounds.count;
          cluster.simulation.pause(90 * SECOND);
          old.crash();
          old.rounds.count = rounds;
          old.start(null);
          cluster.simulation.pause(5 * SECOND);
          assertThat(requireNonNull(old.membership).isStranger()).isTrue();
        });
  }

  @Test
  void an_older_disk_is_found_out_after_all_nodes_were_off() {
    run(2, 3, cluster -> assertThat(isFoundOutAfterAllWereOff(cluster)).isTrue());
  }

  @Test
  void it_is_not_found_out_by_nodes_that_record_nothing() {
    run(
        2,
        3,
        Broken.FORGETFUL,
        cluster -> assertThat(isFoundOutAfterAllWereOff(cluster)).isFalse());
  }

  private static boolean isFoundOutAfterAllWereOff(SimulatedCluster cluster) {
    SimulatedNode old = node(cluster, 3);
    cluster.simulation.pause(2 * SECOND);
    SimulatedRounds copy = old.rounds.copy();
    cluster.simulation.pause(100 * SECOND);
    List.copyOf(cluster.nodes.values()).forEach(SimulatedNode::crash);
    old.rounds = copy;
    cluster.nodes.values().forEach(node -> node.start(null));
    cluster.simulation.pause(20 * SECOND);
    assertThat(requireNonNull(node(cluster, 1).membership).isStranger()).isFalse();
    assertThat(requireNonNull(node(cluster, 2).membership).isStranger()).isFalse();
    return requireNonNull(old.membership).isStranger();
  }

  @Test
  void a_node_that_only_restarts_is_no_stranger() {
    run(
        3,
        3,
        cluster -> {
          for (int i = 0; i < 4; i++) {
            SimulatedNode node = node(cluster, 3);
            node.crash();
            node.start(null);
            cluster.simulation.pause((1 + 20L * i) * SECOND);
            assertThat(requireNonNull(node.membership).isStranger()).isFalse();
          }
        });
  }

  @Test
  void a_node_votes_only_after_a_majority_has_confirmed_its_state() {
    run(
        4,
        3,
        cluster -> {
          SimulatedNode node = node(cluster, 3);
          node.crash();
          node.isolate(true);
          node.start(null);
          cluster.simulation.pause(5 * SECOND);
          var query = new Request.Query(epoch(node), SimulatedClients.key("key 0"), true);
          assertThat(requireNonNull(node.replica).handle(node.id, query))
              .isInstanceOf(Reply.Refused.class);
          node.isolate(false);
          await(
              cluster,
              () -> requireNonNull(node.replica).handle(node.id, query) instanceof Reply.State);
        });
  }

  @Test
  void silence_is_more_suspicious_the_longer_it_lasts_and_the_more_regular_news_were() {
    var regular = new PhiAccrualDetector(0, SECOND);
    var irregular = new PhiAccrualDetector(0, SECOND);
    long at = 0;
    for (int i = 0; i < 100; i++) {
      regular.arrived(i * SECOND);
      at += (1 + 3 * (i % 2)) * SECOND;
      irregular.arrived(at);
    }
    long last = 99 * SECOND;
    assertThat(regular.phi(last + SECOND)).isLessThan(1);
    assertThat(regular.isSuspicious(last + 5 * SECOND)).isTrue();
    assertThat(irregular.isSuspicious(at + 5 * SECOND)).isFalse();
    assertThat(irregular.isSuspicious(at + 30 * SECOND)).isTrue();
    for (int i = 1; i < 100; i++) {
      assertThat(regular.phi(last + (i + 1) * SECOND / 4))
          .isGreaterThanOrEqualTo(regular.phi(last + i * SECOND / 4));
    }
  }

  private static void eachSeed(int size, Consumer<SimulatedCluster> script) {
    LongStream.range(0, 5).forEach(seed -> run(seed, size, script));
  }

  private static void run(long seed, int size, Consumer<SimulatedCluster> script) {
    run(seed, size, Broken.NOTHING, script);
  }

  private static void run(long seed, int size, Broken broken, Consumer<SimulatedCluster> script) {
    var cluster = new SimulatedCluster(seed, broken);
    SettledCluster.run(cluster, size, seed, script);
  }

  /** Each suspicion as the suspecting node and the suspected one. */
  private static List<String> suspicions(SimulatedCluster cluster) {
    var found = new ArrayList<String>();
    for (SimulatedNode node : cluster.nodes.values()) {
      Membership membership = node.membership;
      if (membership != null) {
        cluster.nodes.keySet().stream()
            .filter(membership::suspected)
            .forEach(other -> found.add(node.id.value() + ">" + other.value()));
      }
    }
    return found;
  }

  private static long epoch(SimulatedNode node) {
    Membership membership = node.membership;
    Layout layout = membership == null ? null : membership.layout();
    return layout == null ? 0 : layout.epoch();
  }
}
