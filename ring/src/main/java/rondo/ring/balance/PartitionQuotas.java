package rondo.ring.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import rondo.ring.placement.Node;

/**
 * How many partitions each node should hold: in proportion to its capacity, as far as the zones
 * allow. A node holds a partition at most once, and so does a zone if there are enough zones; with
 * fewer zones than copies, every zone holds each partition at least once.
 */
final class PartitionQuotas {
  private final int partitions;
  private final int n;
  private final double[] capacity;
  private final int[][] zones;

  /** {@code zones} lists the indexes of each zone's nodes. */
  PartitionQuotas(int partitions, int n, List<Node> nodes, int[][] zones) {
    this.partitions = partitions;
    this.n = n;
    this.capacity = nodes.stream().mapToDouble(Node::capacityBytes).toArray();
    this.zones = zones;
  }

  /** The indexes of each zone's nodes, zones in the order of their names. */
  static int[][] zones(List<Node> nodes) {
    var zones = new TreeMap<String, List<Integer>>();
    for (int i = 0; i < nodes.size(); i++) {
      zones.computeIfAbsent(nodes.get(i).zone(), zone -> new ArrayList<>()).add(i);
    }
    return zones.values().stream()
        .map(zone -> zone.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The index of each node's zone. */
  static int[] zoneOf(int[][] zones, int nodes) {
    int[] zoneOf = new int[nodes];
    for (int z = 0; z < zones.length; z++) {
      for (int i : zones[z]) {
        zoneOf[i] = z;
      }
    }
    return zoneOf;
  }

  /** Each node's share before rounding; the sum is {@code n} times the number of partitions. */
  double[] fair() {
    double total = (double) n * partitions;
    double level = level(total, factor -> zonesAt(factor).sum());
    double[] zoneShare = zonesAt(level).toArray();
    double[] fair = new double[capacity.length];
    for (int z = 0; z < zones.length; z++) {
      int[] members = zones[z];
      double inner = level(zoneShare[z], factor -> nodesAt(members, factor));
      for (int i : members) {
        fair[i] = Math.min(partitions, inner * capacity[i]);
      }
    }
    return fair;
  }

  /**
   * Each node's share in whole partitions; of two roundings, the one that is nearer to {@code has}.
   *
   * @param has how many partitions each node holds now
   */
  int[] rounded(int[] has) {
    double[] fair = fair();
    double[] zoneShare = new double[zones.length];
    int[] zoneHas = new int[zones.length];
    for (int z = 0; z < zones.length; z++) {
      zoneShare[z] = Arrays.stream(zones[z]).mapToDouble(i -> fair[i]).sum();
      zoneHas[z] = Arrays.stream(zones[z]).map(i -> has[i]).sum();
    }
    int[] zoneQuota = round(zoneShare, zoneHas, n * partitions);
    int[] quota = new int[fair.length];
    for (int z = 0; z < zones.length; z++) {
      int[] members = zones[z];
      double[] share = Arrays.stream(members).mapToDouble(i -> fair[i]).toArray();
      int[] before = Arrays.stream(members).map(i -> has[i]).toArray();
      int[] part = round(share, before, zoneQuota[z]);
      for (int k = 0; k < members.length; k++) {
        quota[members[k]] = part[k];
      }
    }
    return quota;
  }

  /** Rounds down, then gives the rest to nodes that would keep a partition, then by remainder. */
  private static int[] round(double[] share, int[] has, int total) {
    int[] rounded = Arrays.stream(share).mapToInt(s -> (int) Math.floor(s + 1e-6)).toArray();
    int left = total - Arrays.stream(rounded).sum();
    int[] order =
        IntStream.range(0, share.length)
            .boxed()
            .sorted((a, b) -> {
              int keeps =
                  Boolean.compare(
                      has[b] > rounded[b] && share[b] - rounded[b] > 1e-6,
                      has[a] > rounded[a] && share[a] - rounded[a] > 1e-6);
              int remainder = Double.compare(share[b] - rounded[b], share[a] - rounded[a]);
              return keeps != 0 ? keeps : remainder != 0 ? remainder : Integer.compare(a, b);
            })
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = 0; left > 0; k = (k + 1) % order.length, left--) {
      rounded[order[k]]++;
    }
    return rounded;
  }

  private DoubleStream zonesAt(double factor) {
    boolean scarce = zones.length < n;
    double least = scarce ? partitions : 0;
    return Arrays.stream(zones)
        .mapToDouble(members -> {
          int most = scarce ? Math.min(members.length, n - zones.length + 1) : 1;
          double want = nodesAt(members, factor);
          return Math.clamp(want, least, (double) most * partitions);
        });
  }

  private double nodesAt(int[] members, double factor) {
    return Arrays.stream(members)
        .mapToDouble(i -> Math.min(partitions, factor * capacity[i]))
        .sum();
  }

  /** The factor at which a growing function reaches {@code target}, by bisection. */
  private double level(double target, DoubleUnaryOperator function) {
    double smallest = Arrays.stream(capacity).min().orElse(1);
    double low = 0;
    double high = 2.0 * partitions / smallest;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (function.applyAsDouble(middle) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
