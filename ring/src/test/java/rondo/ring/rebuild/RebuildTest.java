package rondo.ring.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Request;
import rondo.ring.placement.Replication;
import rondo.ring.rebuild.LossCluster.Broken;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Replicas lose rows, abstain, and are rebuilt; -Drondo.seeds=N runs more of them. */
@Tag("simulation")
final class RebuildTest {
  private static final long SECOND = LossCluster.SECOND;
  private static final NodeId DEAD = new NodeId(99);
  private static final Key KEY = LossCluster.key(0);
  private static final Bytes VALUE = Bytes.utf8("value");

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("rondo.seeds", 60L));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keys_stay_linearizable_while_replicas_lose_ranges_and_get_them_back(long seed) {
    LossCluster cluster = run(seed);

    assertThat(cluster.history.violations()).as("seed %d", seed).isEmpty();
    assertThat(cluster.history.answered()).as("seed %d", seed).isGreaterThan(5);
    for (NodeId node : cluster.rows.keySet()) {
      assertThat(cluster.status(node.value()).ranges()).as("seed %d", seed).isZero();
      assertThat(cluster.rows(node.value()).open()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void a_replica_that_votes_at_once_is_found_by_chance() {
    assertThat(LongStream.range(0, 300))
        .anyMatch(seed -> !run(seed, Broken.VOTES_AT_ONCE).history.violations().isEmpty());
  }

  private static LossCluster run(long seed, Broken... broken) {
    var wishes =
        List.of(
            Replication.majority(3),
            new Replication(3, 1, 3),
            Replication.majority(5),
            new Replication(5, 2, 4));
    Replication wish = wishes.get((int) (seed % wishes.size()));
    var cluster = new LossCluster(seed, wish.n(), wish, broken);
    var faultless = new AtomicBoolean();
    for (int i = 0; i < 4; i++) {
      cluster.client(14);
    }
    cluster.simulation.start("faults", () -> faults(cluster, faultless));
    cluster.simulation.run(
        () -> cluster.running == 0 && faultless.get() && isWhole(cluster), 300 * SECOND);
    return cluster;
  }

  private static boolean isWhole(LossCluster cluster) {
    return cluster.rows.keySet().stream()
        .allMatch(node ->
            cluster.rows(node.value()).open().isEmpty()
                && cluster.status(node.value()).ranges() == 0);
  }

  /**
   * The replicas lose rows one after another, and crash now and then; the next follows when all is
   * rebuilt.
   */
  private static void faults(LossCluster cluster, AtomicBoolean done) {
    var nodes = new ArrayList<>(cluster.rows.keySet());
    for (int i = 0; i < 5; i++) {
      cluster.simulation.pause(cluster.random.nextLong(3 * SECOND));
      Collections.shuffle(nodes, cluster.random);
      NodeId node = nodes.getFirst();
      int from = cluster.random.nextInt(4);
      LosingRows rows = cluster.rows(node.value());
      switch (cluster.random.nextInt(4)) {
        case 0 -> rows.loseAll();
        // Within one partition key.
        case 1, 2 -> rows.lose(LossCluster.key(from % 2), LossCluster.key(from % 2 + 4));
        default -> rows.lose(LossCluster.key(from), null);
      }
      if (cluster.random.nextInt(3) == 0) {
        cluster.crash(node);
        cluster.simulation.pause(cluster.random.nextLong(2 * SECOND));
        cluster.start(node);
      }
      while (!isWhole(cluster)) {
        cluster.simulation.pause(SECOND / 4);
      }
    }
    done.set(true);
  }

  /** Scenes that are too rare for chance, each against one way to break a rebuild. */
  @ParameterizedTest
  @EnumSource
  void a_broken_return_is_found(Broken broken) {
    Consumer<LossCluster> scene =
        switch (broken) {
          case NO_WAIT -> RebuildTest::slowWrite;
          case TOO_FEW -> cluster -> writeThatTwoHave(cluster, 2 * LossCluster.LONGEST);
          case VOTES_AT_ONCE -> cluster -> writeThatTwoHave(cluster, 0);
          case STATES_ONLY -> RebuildTest::acceptedAndLate;
        };
    assertThat(LongStream.range(0, 20)).allMatch(seed -> holds(seed, scene));
    assertThat(LongStream.range(0, 20)).anyMatch(seed -> !holds(seed, scene, broken));
  }

  private static boolean holds(long seed, Consumer<LossCluster> scene, Broken... broken) {
    var cluster = new LossCluster(seed, 3, Replication.majority(3), broken);
    var done = new AtomicBoolean();
    cluster.simulation.start(
        "script",
        () -> {
          scene.accept(cluster);
          done.set(true);
        });
    cluster.simulation.run(done::get, 600 * SECOND);
    assertThat(done).as("seed %d", seed).isTrue();
    return cluster.history.violations().isEmpty();
  }

  /** Node 1 takes the write long before node 2, and loses it in between. */
  private static void slowWrite(LossCluster cluster) {
    cluster.delays =
        (to, request) -> {
          if (!(request instanceof Request.Propagate)) {
            return null;
          }
          return switch ((int) to.value()) {
            case 1 -> 0L;
            case 2 -> 3 * SECOND;
            default -> -1L;
          };
        };
    cluster.simulation.at(SECOND / 2, () -> cluster.rows(1).loseAll());
    boolean written = cluster.history.write(cluster.coordinator(), KEY, VALUE);
    cluster.delays = (_, _) -> null;
    if (written) {
      readWithout(cluster, 2);
    }
  }

  /** Nodes 1 and 3 have a write, node 1 loses it, and node 3 is away after a while. */
  private static void writeThatTwoHave(LossCluster cluster, long whileNanos) {
    cluster.delays =
        (to, request) -> request instanceof Request.Propagate && to.value() == 2 ? -1L : null;
    boolean written = cluster.history.write(cluster.coordinator(), KEY, VALUE);
    cluster.delays = (_, _) -> null;
    cluster.rows(1).loseAll();
    if (written) {
      cluster.simulation.pause(whileNanos);
      readWithout(cluster, 3);
    }
  }

  /** Reads through a quorum without that node as soon as there is one, or else with it. */
  private static void readWithout(LossCluster cluster, long away) {
    cluster.crash(new NodeId(away));
    Coordinator coordinator = cluster.coordinator();
    boolean read = false;
    for (int i = 0; i < 3 && !read; i++) {
      read = cluster.history.read(coordinator, KEY);
    }
    cluster.start(new NodeId(away));
    for (int i = 0; i < 10; i++) {
      cluster.history.read(coordinator, KEY);
      cluster.simulation.pause(SECOND);
    }
  }

  /**
   * Nodes 1 and 2 have accepted a value, and node 1 loses it. Another conditional write asks nodes
   * 1 and 3, and a late message tells node 2 that the first value was chosen.
   */
  private static void acceptedAndLate(LossCluster cluster) {
    var ballot = new Ballot(1, DEAD.value());
    long epoch = cluster.copies.layout().epoch();
    cluster.history.mayHaveWon(KEY, VALUE);
    for (long id = 1; id <= 2; id++) {
      cluster.rows(id).answer(new Request.Accept(epoch, KEY, Stamp.ZERO, ballot, ballot, VALUE));
    }
    cluster.rows(1).loseAll();
    while (!cluster.rows(1).open().isEmpty()) {
      cluster.simulation.pause(SECOND);
    }
    cluster.crash(new NodeId(2));
    cluster.history.update(cluster.coordinator(), KEY, Bytes.utf8("another"));
    cluster.start(new NodeId(2));
    var chosen = new VersionedValue(Stamp.ZERO.successor(), VALUE);
    cluster.rows(2).answer(new Request.Propagate(epoch, KEY, chosen));
    for (int i = 0; i < 12; i++) {
      cluster.history.read(cluster.coordinator(), KEY);
    }
  }

  @Test
  void a_replica_that_has_nobody_to_ask_refuses_and_says_why() {
    var cluster = new LossCluster(1, 1, Replication.majority(1));
    cluster.rows(1).loseAll();
    cluster.simulation.runUntil(() -> false, 20 * SECOND);

    assertThat(cluster.rows(1).open()).hasSize(1);
    assertThat(cluster.status(1).step()).contains("nobody else", "from a copy");
    assertThat(cluster.status(1).unrecoverable()).isTrue();
  }

  @Test
  void a_replica_waits_while_too_few_others_answer() {
    var cluster = new LossCluster(1, 3, Replication.majority(3));
    cluster.rows(1).loseAll();
    cluster.crash(new NodeId(3));
    cluster.simulation.runUntil(() -> false, 60 * SECOND);
    assertThat(cluster.rows(1).open()).hasSize(1);
    assertThat(cluster.status(1).step()).contains("too few");

    cluster.start(new NodeId(3));
    cluster.simulation.runUntil(() -> cluster.rows(1).open().isEmpty(), 160 * SECOND);
    assertThat(cluster.rows(1).open()).isEmpty();
  }

  /** A cluster in which all three nodes have these rows, and node 1 loses them. */
  private static LossCluster forgotten(int rows) {
    var cluster = new LossCluster(1, 3, Replication.majority(3));
    for (long id = 1; id <= 3; id++) {
      for (int i = 0; i < rows; i++) {
        var state = new VersionedValue(Stamp.ZERO.successor(), VALUE);
        var propagate =
            new Request.Propagate(cluster.copies.layout().epoch(), LossCluster.key(i), state);
        cluster.rows(id).answer(propagate);
      }
    }
    cluster.rows(1).loseAll();
    return cluster;
  }

  private static Key start(LossCluster cluster) {
    return cluster.rows(1).open().getFirst().from();
  }

  @Test
  void a_large_range_comes_back_by_stretches_and_a_restart_goes_on_behind_those_that_are_done() {
    LossCluster cluster = forgotten(60);
    Key whole = start(cluster);
    cluster.simulation.runUntil(() -> !start(cluster).equals(whole), 160 * SECOND);
    cluster.crash(new NodeId(1));
    Key left = start(cluster);
    assertThat(left).isNotEqualTo(whole);

    cluster.start(new NodeId(1));
    cluster.simulation.runUntil(() -> false, cluster.simulation.nanos() + LossCluster.LONGEST / 2);
    assertThat(start(cluster)).isEqualTo(left);
    cluster.simulation.runUntil(() -> cluster.rows(1).open().isEmpty(), 160 * SECOND);
    assertThat(cluster.rows(1).open()).isEmpty();
    for (int i = 0; i < 60; i++) {
      assertThat(cluster.rows(1).at(LossCluster.key(i)).current().value()).isEqualTo(VALUE);
    }
  }

  @Test
  void a_pause_follows_every_page_that_is_taken_over() {
    LossCluster cluster = forgotten(20);
    cluster.crash(new NodeId(1));
    cluster.pause = Duration.ofSeconds(10);
    cluster.start(new NodeId(1));
    cluster.simulation.runUntil(() -> cluster.rows(1).open().isEmpty(), 2000 * SECOND);
    assertThat(cluster.rows(1).open()).isEmpty();
    assertThat(cluster.pulls).isGreaterThan(10);
    assertThat(cluster.simulation.nanos()).isGreaterThan(10 * SECOND * (cluster.pulls - 1));
  }

  private static void runFor(LossCluster cluster, long seconds) {
    cluster.simulation.runUntil(() -> false, cluster.simulation.nanos() + seconds * SECOND);
  }

  @Test
  void a_loss_that_is_accepted_is_closed_with_what_is_known_and_a_later_one_is_not() {
    var cluster = new LossCluster(1, 1, Replication.majority(1));
    cluster.rows(1).loseAll();
    runFor(cluster, 20);
    assertThat(cluster.rows(1).open()).hasSize(1);
    cluster.accept(1);
    runFor(cluster, 20);
    assertThat(cluster.rows(1).open()).isEmpty();
    assertThat(cluster.status(1).ranges()).isZero();

    cluster.rows(1).loseAll();
    runFor(cluster, 60);
    assertThat(cluster.rows(1).open()).hasSize(1);
  }

  @Test
  void where_a_loss_is_accepted_those_who_answer_are_heard_all_the_same() {
    LossCluster cluster = forgotten(30);
    cluster.crash(new NodeId(3));
    runFor(cluster, 60);
    assertThat(cluster.rows(1).open()).hasSize(1);
    assertThat(cluster.status(1).unrecoverable()).isFalse();
    cluster.accept(1);
    runFor(cluster, 300);
    assertThat(cluster.rows(1).open()).isEmpty();
    for (int i = 0; i < 30; i++) {
      assertThat(cluster.rows(1).at(LossCluster.key(i)).current().value()).isEqualTo(VALUE);
    }
  }
}
