package rondo.ring.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;

/** Properties of assignments on random clusters, each named by its seed. */
@Tag("long")
final class BalancerTest {
  private static final long GIB = 1L << 30;
  private static final int SEEDS = 20;

  @Test
  void loads_are_fair_and_zones_distinct_on_random_clusters() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      List<Node> nodes = cluster(random, 1 + random.nextInt(seed % 10 == 0 ? 300 : 40));
      Replication replication = Replication.DEFAULT.on(nodes.size());
      Assignment assignment = Balancer.assign(Ring.DEFAULT, nodes, replication, null);
      check("seed " + seed, nodes, assignment);
    }
  }

  /** The bound ignores the present owners: a change often needs more moves than it says. */
  @Test
  void a_change_moves_little_on_random_clusters() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      List<Node> nodes = cluster(random, 3 + random.nextInt(seed % 10 == 0 ? 200 : 30));
      Assignment before = Balancer.assign(Ring.DEFAULT, nodes, Replication.DEFAULT, null);
      for (int step = 0; step < 3; step++) {
        nodes = changed(random, nodes);
        Assignment after =
            Balancer.assign(Ring.DEFAULT, nodes, Replication.DEFAULT.on(nodes.size()), before);
        String scene = "seed " + seed + ", step " + step + ", " + nodes.size() + " nodes";
        check(scene, nodes, after);
        assertThat((double) after.copiesFrom(before))
            .as(scene)
            .isLessThanOrEqualTo(1.7 * leastCopies(nodes, before, after) + 2);
        before = after;
      }
    }
  }

  @Test
  void a_change_moves_at_most_a_tenth_more_than_the_least_possible() {
    for (int seed = 0; seed < 200; seed++) {
      moves(seed, new Ring(16), 3 + new Random(seed).nextInt(3));
    }
    for (int seed = 200; seed < 212; seed++) {
      moves(seed, new Ring(512), 6 + new Random(seed).nextInt(34));
    }
  }

  private static void moves(int seed, Ring ring, int size) {
    var random = new Random(seed);
    List<Node> nodes = cluster(random, size);
    Assignment before = Balancer.assign(ring, nodes, Replication.DEFAULT, null);
    nodes = changed(random, nodes);
    Assignment after = Balancer.assign(ring, nodes, Replication.DEFAULT, before);
    int least = LeastCopies.of(nodes, before, after);
    assertThat(after.copiesFrom(before))
        .as("seed %d, %d nodes", seed, nodes.size())
        .isLessThanOrEqualTo((int) Math.ceil(1.1 * least));
  }

  @Test
  void a_cluster_grows_from_one_node_to_three_copies() {
    var nodes = new ArrayList<Node>();
    nodes.add(node(1, "", GIB));
    Assignment assignment = Balancer.assign(Ring.DEFAULT, nodes, Replication.majority(1), null);
    for (int i = 2; i <= 4; i++) {
      nodes.add(node(i, "", GIB));
      Assignment next =
          Balancer.assign(Ring.DEFAULT, nodes, Replication.DEFAULT.on(nodes.size()), assignment);
      check(i + " nodes", nodes, next);
      assignment = next;
    }
    assertThat(assignment.classes()).containsExactly(new Replication(3, 2, 2));
  }

  @Test
  void the_same_arguments_give_the_same_assignment() {
    List<Node> nodes = cluster(new Random(5), 17);
    assertThat(Balancer.assign(Ring.DEFAULT, nodes, Replication.DEFAULT, null))
        .isEqualTo(Balancer.assign(Ring.DEFAULT, nodes, Replication.DEFAULT, null));
  }

  @Test
  void each_class_is_balanced_for_itself_and_moves_little() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      List<Node> nodes = cluster(random, 3 + random.nextInt(20));
      var wishes = List.of(Replication.DEFAULT, Replication.majority(5), Replication.majority(1));
      Assignment before =
          wishes.stream()
              .map(wish -> Balancer.assign(Ring.DEFAULT, nodes, wish.on(nodes.size()), null))
              .reduce(Assignment::and)
              .orElseThrow();
      assertThat(Balancer.assign(Ring.DEFAULT, nodes, on(wishes, nodes), before)).isEqualTo(before);
      List<Node> changed = changed(random, nodes);
      Assignment after = Balancer.assign(Ring.DEFAULT, changed, on(wishes, changed), before);
      for (int c = 0; c < wishes.size(); c++) {
        String scene = "seed " + seed + ", class " + c + ", " + changed.size() + " nodes";
        check(scene, changed, after.only(c));
        assertThat((double) after.only(c).copiesFrom(before.only(c)))
            .as(scene)
            .isLessThanOrEqualTo(1.7 * leastCopies(changed, before.only(c), after.only(c)) + 2);
      }
    }
  }

  /** No load above its fair share by more than five percent or one partition. */
  private static void check(String scene, List<Node> nodes, Assignment assignment) {
    int n = assignment.classes().getFirst().n();
    double[] fair =
        new PartitionQuotas(Ring.DEFAULT.partitions(), n, nodes, PartitionQuotas.zones(nodes))
            .fair();
    Map<NodeId, Integer> load = assignment.load();
    for (int i = 0; i < nodes.size(); i++) {
      assertThat((double) load.getOrDefault(nodes.get(i).id(), 0))
          .as("%s: load of node %d of %d", scene, i, nodes.size())
          .isLessThanOrEqualTo(Math.max(1.05 * fair[i], fair[i] + 1));
    }
    var zoneOf = new TreeMap<NodeId, String>();
    nodes.forEach(node -> zoneOf.put(node.id(), node.zone()));
    int spread = Math.min(n, PartitionQuotas.zones(nodes).length);
    for (List<NodeId> set : assignment.owners()) {
      assertThat(set.stream().map(zoneOf::get).distinct().count()).as(scene).isEqualTo(spread);
    }
  }

  /** The copies that nodes below their new load need in any assignment. */
  private static int leastCopies(List<Node> nodes, Assignment before, Assignment after) {
    int least = 0;
    for (Node node : nodes) {
      int had = before.load().getOrDefault(node.id(), 0);
      least += Math.max(0, after.load().getOrDefault(node.id(), 0) - had);
    }
    return least;
  }

  private static List<Node> cluster(Random random, int size) {
    int zones = 1 + random.nextInt(12);
    int skew = 1 + random.nextInt(10);
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < size; i++) {
      nodes.add(node(1 + i, "zone-" + random.nextInt(zones), (1 + random.nextInt(skew)) * GIB));
    }
    return nodes;
  }

  /** The nodes with one less, one or two more, or one that has grown; the zones stay. */
  private static List<Node> changed(Random random, List<Node> nodes) {
    var changed = new ArrayList<>(nodes);
    Node some = nodes.get(random.nextInt(nodes.size()));
    boolean lastOfZone = nodes.stream().filter(node -> node.zone().equals(some.zone())).count() < 2;
    switch (random.nextInt(3)) {
      case 0 -> {
        if (!lastOfZone && nodes.size() > 3) {
          changed.remove(some);
        }
      }
      case 1 -> changed.add(node(1000 + random.nextInt(100_000), some.zone(), 3 * GIB));
      default -> changed.replaceAll(node -> node.equals(some) ? node.withCapacity(8 * GIB) : node);
    }
    return changed;
  }

  private static Node node(long id, String zone, long capacity) {
    return new Node(new NodeId(id), zone, capacity, "127.0.0.1:" + id, "");
  }

  private static List<Replication> on(List<Replication> wishes, List<Node> nodes) {
    return wishes.stream().map(wish -> wish.on(nodes.size())).toList();
  }
}
