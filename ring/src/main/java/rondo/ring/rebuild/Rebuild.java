package rondo.ring.rebuild;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.repair.PeerQuestions;
import rondo.ring.repair.RepairPace;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * Brings back what this replica has forgotten because its disk is damaged, so that it may vote
 * again. One thread runs it, any may call the rest.
 *
 * <h2>Why it may vote again afterwards</h2>
 *
 * <p>An acceptor that lost its memory has broken its promises as soon as it answers: a write that
 * it was the W-th to store, a value that it was the W-th to accept, a ballot below one that it has
 * promised away. So it abstains: for the keys of a {@link LostRanges.Loss} it refuses everything.
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
 * <p>All of this is said of one key, so a large range is taken over stretch by stretch, and those
 * that are done stay done over restarts; at a bounded rate, for clients come first.
 *
 * <p>A replica that has nobody to ask (N = 1) refuses for ever, unless the loss is accepted ({@link
 * #accept}). Where W of N replicas or more lost the same keys too few can be asked: what is lost on
 * so many may be lost altogether.
 */
public final class Rebuild {
  /**
   * Some seconds' work, which a restart costs at most; each stretch ends with a sync of the disk.
   */
  public static final int STRETCH_PAGES = 20;

  private static final long TICK_NANOS = 1_000_000_000L;
  private static final int PAGE = 500;
  private static final String COPYING = "copying from other replicas";

  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final LostRanges losses;
  private final PeerQuestions peers;
  private final Time time;
  private final long longestNanos;
  private final long pauseNanos;
  private final int stretchPages;
  private final Mailbox<Boolean> news;
  private final Map<LostRanges.Loss, RangeRebuild> mendings = new HashMap<>();
  private volatile boolean accepting;
  private boolean alone;
  private boolean further;
  private volatile boolean stopped;
  private volatile RebuildStatus status = new RebuildStatus(0, "", false, 0, 0);
  private long refilled;
  private long taken;

  /** How far the return of a loss is. */
  private static final class RangeRebuild {
    /** Since when nobody is told of it. */
    final long sinceNanos;

    /** Whether whoever runs the cluster takes it as it is. */
    boolean accepted;

    @Nullable RebuildStep stretch;

    RangeRebuild(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param pace its pause follows each page of 500 registers that was taken over
   * @param longestNanos no operation on a register is under way for longer
   * @param stretchPages so many pages are taken over before it is noted, durably, that they are:
   *     {@link #STRETCH_PAGES}
   */
  public Rebuild(
      NodeId self,
      Supplier<@Nullable Layout> layouts,
      LostRanges losses,
      Messenger messenger,
      RepairPace pace,
      long longestNanos,
      int stretchPages) {
    this.self = self;
    this.layouts = layouts;
    this.losses = losses;
    this.peers = new PeerQuestions(messenger);
    this.time = messenger.time();
    this.pauseNanos = pace.pause().toNanos();
    this.longestNanos = longestNanos;
    this.stretchPages = stretchPages;
    this.news = messenger.tasks().mailbox();
  }

  /** Looks again and again; returns after {@link #stop}. */
  public void run() {
    while (!stopped) {
      further = false;
      look();
      if (!further) {
        news.take(time.nanos() + TICK_NANOS);
      }
    }
  }

  /** Has {@link #run} return soon; a stretch that isn't done begins anew another time. */
  public void stop() {
    stopped = true;
    news.put(true);
  }

  /**
   * Has what is lost now closed with what this replica, and those who answer, still know, be they
   * enough or not: for who has no other copies. Acknowledged writes may be gone then, and promises
   * broken. What is lost later isn't meant. Returns at once.
   */
  public void accept() {
    accepting = true;
    news.put(true);
  }

  /** How far it is; never blocks. */
  public RebuildStatus status() {
    return status;
  }

  /** What lies first may be needed for what lies behind, so that it is gone on with. */
  private void look() {
    List<LostRanges.Loss> open = losses.open();
    mendings.keySet().retainAll(open);
    open.forEach(loss -> mendings.computeIfAbsent(loss, this::begun));
    if (accepting) {
      accepting = false;
      open.forEach(loss -> mending(loss).accepted = true);
    }
    Layout layout = layouts.get();
    alone =
        layout != null && !open.stream().allMatch(loss -> stretch(loss, layout).witnesses.exist());
    String doing = "";
    for (int i = 0; i < open.size() && !further; i++) {
      doing = mend(open.get(i));
      tell(open.size(), doing);
    }
    tell(losses.open().size(), doing);
  }

  private RangeRebuild begun(LostRanges.Loss loss) {
    losses.begin(loss);
    return new RangeRebuild(time.nanos());
  }

  private RangeRebuild mending(LostRanges.Loss loss) {
    return Objects.requireNonNull(mendings.get(loss));
  }

  /** The one that is under way; a layout of another epoch begins it anew. */
  private RebuildStep stretch(LostRanges.Loss loss, Layout layout) {
    RangeRebuild mending = mending(loss);
    RebuildStep stretch = mending.stretch;
    if (stretch == null || stretch.epoch != layout.epoch()) {
      stretch = new RebuildStep(layout.epoch(), Witnesses.of(self, layout, loss));
      mending.stretch = stretch;
    }
    return stretch;
  }

  private void tell(int ranges, String doing) {
    status = new RebuildStatus(ranges, ranges == 0 ? "" : doing, alone, refilled, taken);
  }

  /** One step; what is done about it now. */
  private String mend(LostRanges.Loss loss) {
    if (time.nanos() - mending(loss).sinceNanos < longestNanos) {
      return "waiting for the end of operations that may have counted on this node";
    }
    Layout layout = layouts.get();
    if (layout == null || stopped) {
      return "waiting for a layout";
    }
    return copy(layout, loss);
  }

  private String copy(Layout layout, LostRanges.Loss loss) {
    RebuildStep stretch = stretch(loss, layout);
    boolean anyhow = mending(loss).accepted;
    if (!anyhow && !stretch.witnesses.exist()) {
      return "nobody else holds these keys: restore this node's folder from a copy, or accept the"
          + " loss";
    }
    hear(loss, stretch);
    if (stopped || (!anyhow && stretch.lacks())) {
      return "waiting for other replicas, of which too few can be asked";
    }
    Layout now = layouts.get();
    if (now == null || now.epoch() != layout.epoch()) {
      return "waiting for a layout that stays";
    }
    if (losses.end(loss, stretch.end)) {
      ended(loss, loss.behind(stretch.end));
    }
    return COPYING;
  }

  private void ended(LostRanges.Loss loss, LostRanges.@Nullable Loss rest) {
    further = true;
    RangeRebuild mending = mending(loss);
    mendings.remove(loss);
    if (rest == null) {
      refilled++;
    } else {
      mending.stretch = null;
      mendings.put(rest, mending);
    }
  }

  /** Takes over from as many as are needed and answer. */
  private void hear(LostRanges.Loss loss, RebuildStep stretch) {
    stretch
        .witnesses
        .all()
        .forEach((node, partitions) -> {
          boolean wanted = !stopped && stretch.lacks() && !stretch.told.contains(node);
          if (wanted && pull(stretch, loss, node, partitions)) {
            stretch.told.add(node);
          }
        });
  }

  private boolean take(List<Reply.Register> told) {
    List<LostRanges.Register> registers = LostRanges.Register.read(told);
    return registers != null && losses.take(registers);
  }

  /** True when all that the node has of these partitions, in this stretch, is taken over. */
  private boolean pull(RebuildStep stretch, LostRanges.Loss loss, NodeId node, BitSet partitions) {
    Bytes wanted = Bytes.wrap(partitions.toByteArray());
    Key from = loss.from();
    Key to = stretch.end == null ? loss.to() : stretch.end;
    for (int page = 0; from != null && (stretch.bounded || page < stretchPages); page++) {
      var pull = new Request.PullRegisters(stretch.epoch, wanted, from, to, PAGE);
      if (stopped
          || !(peers.ask(node, pull)
              instanceof Reply.Registers(List<Reply.Register> registers, Key next))
          || !take(registers)) {
        return false;
      }
      taken += registers.size();
      tell(mendings.size(), COPYING);
      from = next;
      peers.pause(pauseNanos);
    }
    if (!stretch.bounded) {
      stretch.bounded = true;
      stretch.end = from;
    }
    return true;
  }
}
