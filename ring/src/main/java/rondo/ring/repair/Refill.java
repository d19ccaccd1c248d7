package rondo.ring.repair;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/**
 * Brings back what this replica has forgotten because its disk is damaged, so that it may vote
 * again. {@link #status} is thread-safe.
 *
 * <h2>Why it may vote again afterwards</h2>
 *
 * <p>An acceptor that lost its memory has broken its promises as soon as it answers: a write that
 * it was the W-th to store, a value that it was the W-th to accept, a ballot below one that it has
 * promised away. So it abstains: for the keys of a {@link Losses.Loss} it refuses everything.
 * Quorums are then formed by the others alone, as if it were down. It comes back when what it knows
 * stands for every vote that somebody may have counted:
 *
 * <ol>
 *   <li><b>Nobody counts an old vote any more.</b> Whoever counts votes does so within one
 *       operation, and none is under way for longer than {@code longestNanos}. So that long after
 *       the replica began to refuse, each quorum that one of its votes was counted in has formed,
 *       or never will. Without the wait a coordinator could add a vote that is forgotten to one
 *       that comes after the copy was made. This is an assumption on time, the only one: messages
 *       may be later, since a late one is a vote only when it is answered.
 *   <li><b>Each of those quorums has a witness.</b> It had W members, this replica among them, so
 *       any N - W + 1 of the N - 1 others meet its rest. What they hold now is what they held then,
 *       or newer: stamps, promises and the ballots of votes only grow. So many are asked, in every
 *       set of owners that has a say: in a joint epoch those of before and of after.
 *   <li><b>It takes over the sum.</b> The newest state of those, and of every instance the highest
 *       promise and the vote of the highest ballot ({@code RegisterState.absorb}). If its vote was
 *       counted for a state, one of them has that state or a newer one. If for an accepted value,
 *       one has accepted it, or a later ballot's, which carried it on, or is past the base. If for
 *       a promise, one has promised that ballot or a higher one. So it refuses and tells all that
 *       it would have to, had it forgotten nothing; votes that were in no quorum bind nobody.
 *   <li>What it votes for from then on is as if it had never forgotten. What the others did
 *       meanwhile they did in quorums without it.
 * </ol>
 *
 * <p>Promises have to be taken over too, not only votes: a proposer that has them from a quorum may
 * have its value accepted by one replica alone, and that value, with the higher ballot, must not
 * meet a lower one that was chosen since. A conditional write is not brought to its end here, as
 * where sets of voters change, since with W = N there is no quorum for that without this replica.
 *
 * <p>A replica that has nobody to ask (N = 1) refuses for ever. Where more than W of N replicas
 * lost the same keys nobody can be asked either: what is lost on so many may be lost altogether.
 */
public final class Refill {
  private static final long TICK_NANOS = 1_000_000_000L;
  private static final int PAGE = 500;
  private static final String COPYING = "copying from other replicas";

  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final Losses losses;
  private final Asking asking;
  private final Time time;
  private final long longestNanos;
  private final Mailbox<Boolean> news;
  private final Map<Losses.Loss, Long> since = new HashMap<>();

  /** From whom all was taken over, under one epoch: it needs no second time. */
  private final Map<Losses.Loss, Set<NodeId>> heard = new HashMap<>();

  private long heardEpoch;
  private volatile boolean stopped;
  private volatile RefillStatus status = new RefillStatus(0, "", 0, 0);
  private long refilled;
  private long taken;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param longestNanos no operation on a register is under way for longer
   */
  public Refill(
      NodeId self,
      Supplier<@Nullable Layout> layouts,
      Losses losses,
      Network network,
      Tasks tasks,
      Time time,
      long longestNanos) {
    this.self = self;
    this.layouts = layouts;
    this.losses = losses;
    this.asking = new Asking(network, tasks, time);
    this.time = time;
    this.longestNanos = longestNanos;
    this.news = tasks.mailbox();
  }

  /** Looks again and again, until {@link #stop}. */
  public void run() {
    while (!stopped) {
      look();
      news.take(time.nanos() + TICK_NANOS);
    }
  }

  public void stop() {
    stopped = true;
    news.put(true);
  }

  public RefillStatus status() {
    return status;
  }

  private void look() {
    List<Losses.Loss> open = losses.open();
    since.keySet().retainAll(open);
    heard.keySet().retainAll(open);
    String doing = "";
    for (Losses.Loss loss : open) {
      doing = mend(loss);
      tell(open.size(), doing);
    }
    tell(losses.open().size(), doing);
  }

  private void tell(int ranges, String doing) {
    status = new RefillStatus(ranges, ranges == 0 ? "" : doing, refilled, taken);
  }

  /** One step; what is done about it now. */
  private String mend(Losses.Loss loss) {
    if (!losses.mends()) {
      return "this engine can't mend itself: empty this node's folder, and order 'lose "
          + self
          + "', so that others refill it";
    }
    Long begun = since.get(loss);
    if (begun == null) {
      since.put(loss, time.nanos());
      losses.begin(loss);
    }
    if (begun == null || time.nanos() - begun < longestNanos) {
      return "waiting for the end of operations that may have counted on this node";
    }
    Layout layout = layouts.get();
    if (layout == null || stopped) {
      return "waiting for a layout";
    }
    return copy(layout, loss);
  }

  private String copy(Layout layout, Losses.Loss loss) {
    Map<List<ReplicaSet>, BitSet> groups = groups(layout, loss);
    if (!groups.keySet().stream().allMatch(this::hasEnough)) {
      return "nobody else holds these keys: restore this node's folder from a copy";
    }
    Set<NodeId> from = hear(layout, loss, groups);
    if (!groups.keySet().stream().allMatch(sets -> isEnough(sets, from))) {
      return "waiting for other replicas, of which too few can be asked";
    }
    Layout now = layouts.get();
    if (now == null || now.epoch() != layout.epoch()) {
      return "waiting for a layout that stays";
    }
    if (losses.end(loss)) {
      since.remove(loss);
      heard.remove(loss);
      refilled++;
    }
    return COPYING;
  }

  /**
   * The partitions that this node has a say in, by all who have one: one alone where the loss lies
   * within one partition key.
   */
  private Map<List<ReplicaSet>, BitSet> groups(Layout layout, Losses.Loss loss) {
    Map<List<ReplicaSet>, BitSet> groups = new LinkedHashMap<>();
    if (loss.voters()) {
      var partitions = new BitSet();
      partitions.set(0, layout.partitions());
      if (layout.voters().nodes().contains(self)) {
        groups.put(List.of(layout.voters()), partitions);
      }
      return groups;
    }
    Key to = loss.to();
    boolean narrow =
        to != null
            && to.table() == loss.from().table()
            && to.partition().equals(loss.from().partition());
    int only = narrow ? layout.ring().partitionOf(loss.from().partition()) : -1;
    int end = narrow ? Math.min(only + 1, layout.partitions()) : layout.partitions();
    for (int p = Math.max(0, only); p < end; p++) {
      List<ReplicaSet> sets = layout.placement(p).writeSets();
      if (sets.stream().anyMatch(set -> set.nodes().contains(self))) {
        groups.computeIfAbsent(sets, _ -> new BitSet()).set(p);
      }
    }
    return groups;
  }

  private boolean hasEnough(List<ReplicaSet> sets) {
    var all = new TreeSet<NodeId>();
    sets.forEach(set -> all.addAll(set.nodes()));
    return isEnough(sets, all);
  }

  /** Whether every quorum of each set that has this node in it has one of these in it. */
  private boolean isEnough(List<ReplicaSet> sets, Set<NodeId> heard) {
    return sets.stream()
        .allMatch(set -> {
          long others =
              set.nodes().stream()
                  .filter(node -> !node.equals(self) && heard.contains(node))
                  .count();
          return others > set.nodes().size() - set.needed();
        });
  }

  /** Takes over from as many as are needed and answer. */
  private Set<NodeId> hear(Layout layout, Losses.Loss loss, Map<List<ReplicaSet>, BitSet> groups) {
    if (heardEpoch != layout.epoch()) {
      heard.clear();
      heardEpoch = layout.epoch();
    }
    Set<NodeId> told = heard.computeIfAbsent(loss, _ -> new TreeSet<>());
    Map<NodeId, BitSet> wanted = new TreeMap<>();
    groups.forEach((sets, partitions) -> {
      for (ReplicaSet set : sets) {
        set.nodes().forEach(node -> wanted.computeIfAbsent(node, _ -> new BitSet()).or(partitions));
      }
    });
    wanted.remove(self);
    wanted.forEach((node, partitions) -> {
      boolean lacking = groups.keySet().stream().anyMatch(sets -> !isEnough(sets, told));
      boolean asks = lacking && !stopped && !told.contains(node);
      if (asks && pull(layout.epoch(), loss, node, partitions)) {
        told.add(node);
      }
    });
    return told;
  }

  /** True when all that the node has of these partitions is taken over. */
  private boolean pull(long epoch, Losses.Loss loss, NodeId node, BitSet partitions) {
    Bytes wanted = Bytes.wrap(partitions.toByteArray());
    Key from = loss.from();
    while (from != null) {
      var pull = new Request.PullRegisters(epoch, wanted, from, loss.to(), PAGE);
      if (stopped
          || !(asking.ask(node, pull)
              instanceof Reply.Registers(List<Reply.Register> registers, Key next))
          || !losses.take(registers)) {
        return false;
      }
      taken += registers.size();
      tell(since.size(), COPYING);
      from = next;
    }
    return true;
  }
}
