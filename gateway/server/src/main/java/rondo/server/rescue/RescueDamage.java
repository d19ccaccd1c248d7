package rondo.server.rescue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RescuePlan;
import rondo.ring.placement.Vacancy;
import rondo.ring.repair.EqualTimes;
import rondo.ring.value.NodeId;
import rondo.server.health.PartitionRanges;

/**
 * What is gone with the dead nodes. Of a partition that no node is left of, all is gone, rows and
 * chunks. Of one with fewer dead owners than a write needs, nothing is missing that was
 * acknowledged. Of the others, writes may be missing that were acknowledged after the nodes left
 * are known to have had all of them.
 *
 * @param gone the partitions that no node is left of
 * @param whole the partitions of which nothing acknowledged can be missing
 * @param uncertain the other partitions, by the time until which nothing is missing, in seconds
 *     since 1970; 0 where no time is known
 */
record RescueDamage(BitSet gone, BitSet whole, TreeMap<Long, BitSet> uncertain) {

  static RescueDamage of(RescuePlan plan, EqualTimes times) {
    var damage = new RescueDamage(plan.gone(), new BitSet(), new TreeMap<>());
    for (int p = 0; p < plan.layout().partitions(); p++) {
      if (damage.gone.get(p)) {
        continue;
      }
      List<Long> known = known(plan, times, p);
      // Each write is on so many owners: on the dead alone only if there are as many of them, and
      // then also on the one of them that the nodes left have equalled latest.
      int w = needed(plan.layout(), p);
      if (known.size() < w) {
        damage.whole.set(p);
      } else {
        damage.uncertain.computeIfAbsent(known.get(w - 1), _ -> new BitSet()).set(p);
      }
    }
    return damage;
  }

  private static int needed(Layout layout, int partition) {
    return (layout.joint() ? layout.from() : layout.to()).replication(partition).w();
  }

  /** For each dead owner until when one of those left had all that it had, the earliest first. */
  private static List<Long> known(RescuePlan plan, EqualTimes times, int partition) {
    Layout layout = plan.layout();
    var owners = new LinkedHashSet<>(layout.to().of(partition));
    owners.addAll(layout.joint() ? layout.from().of(partition) : List.of());
    List<NodeId> holders = plan.holders(partition);
    owners.removeAll(holders);
    owners.removeIf(Vacancy::is);
    // A node's own times stand in its report; which node told a time doesn't matter.
    return owners.stream().map(dead -> times.of(dead, partition)).sorted().toList();
  }

  /** Ready to become JSON. */
  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("gone", Map.of("partitions", gone.cardinality(), "ranges", PartitionRanges.of(gone)));
    view.put(
        "whole", Map.of("partitions", whole.cardinality(), "ranges", PartitionRanges.of(whole)));
    var later = new ArrayList<Map<String, Object>>();
    uncertain.forEach((until, partitions) -> {
      var one = new LinkedHashMap<String, Object>();
      one.put("until", until == 0 ? "" : time(until));
      one.put("partitions", partitions.cardinality());
      one.put("ranges", PartitionRanges.of(partitions));
      later.add(one);
    });
    view.put("uncertain", later);
    return view;
  }

  /** In words, a line or more for each kind. */
  List<String> words(int partitions) {
    var lines = new ArrayList<String>();
    if (gone.isEmpty()) {
      lines.add("Certainly gone: nothing; each partition has a node that is left.");
    } else {
      lines.add(
          "Certainly gone: %d of %d partitions, of which no node is left, with all their rows and chunks (%s). Objects with a chunk among them are damaged, and are found when they are read."
              .formatted(gone.cardinality(), partitions, PartitionRanges.of(gone)));
    }
    if (!whole.isEmpty()) {
      lines.add(
          "Whole: %d partitions, whose nodes left have every write that was acknowledged."
              .formatted(whole.cardinality()));
    }
    int unsure = uncertain.values().stream().mapToInt(BitSet::cardinality).sum();
    if (unsure > 0) {
      long first = uncertain.firstKey();
      lines.add(
          "May be missing: writes to %d partitions that were acknowledged after the nodes left are known to have had all that the dead had, the earliest %s; nothing names them. By partition:"
              .formatted(unsure, first == 0 ? "at a time that isn't known" : "at " + time(first)));
      uncertain.forEach((until, set) ->
          lines.add(
              "  %s: %s"
                  .formatted(
                      until == 0 ? "no time is known" : "equal until " + time(until),
                      PartitionRanges.of(set))));
    }
    return lines;
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
