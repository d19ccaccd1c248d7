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
 * Rebuilds the rows that this replica lost by damage to its disk, so that it may vote again. One
 * thread calls {@link #run}, any thread the other methods.
 *
 * <h2>Why it may vote again afterwards</h2>
 *
 * <p>An acceptor that lost its memory has broken its promises as soon as it answers: it denies a
 * write that it was the W-th to store or a value that it was the W-th to accept, or takes a ballot
 * below one that it has promised. So it abstains: it refuses every request for the keys of a {@link
 * LostRanges.KeyRange}. The others alone then form quorums, as if it were down. It returns when its
 * memory covers every vote that a coordinator may have counted:
 *
 * <ol>
 *   <li><b>No coordinator counts an old vote any more.</b> A coordinator counts votes within one
 *       operation, and none is under way for longer than {@code longestNanos}. So that long after
 *       the replica began to refuse, each quorum that counted one of its votes has formed, or never
 *       will. Without the wait a coordinator could add a forgotten vote to one from after the copy.
 *       This is the only assumption on time: messages may be later, since a late one is a vote only
 *       when it is answered.
 *   <li><b>Each of those quorums has a witness.</b> It had W members, this replica among them, so
 *       any N - W + 1 of the N - 1 others meet its rest. They hold the states of that time or newer
 *       ones: stamps, promises and the ballots of votes only grow. The replica asks so many, in
 *       every set of owners that votes: in a joint epoch those before and after the change.
 *   <li><b>It merges the witnesses' memories:</b> the newest state, and for every instance the
 *       highest promise and the vote of the highest ballot ({@code RegisterState.absorb}). If its
 *       vote was counted for a state, a witness has that state or a newer one. If for an accepted
 *       value, a witness has accepted it, or a later ballot's, which carried it on, or is past the
 *       base. If for a promise, a witness has promised that ballot or a higher one. So it refuses
 *       and reports all that it would without the loss; votes outside every quorum bind no one.
 *   <li>From then on it votes as if it had lost nothing. Meanwhile the others acted in quorums
 *       without it.
 * </ol>
 *
 * <p>Promises must be taken over too: a proposer with promises of a quorum may have its value
 * accepted by one replica alone, and that value, with the higher ballot, must not meet a lower one
 * that was chosen since. A rebuild finishes no conditional write, as a layout change does, since
 * with W = N no quorum exists without this replica.
 *
 * <p>The proof is about one key, so a large range is rebuilt step by step, and finished steps
 * survive restarts; at a bounded rate, since clients come first.
 *
 * <p>A replica without others to ask (N = 1) refuses for ever, unless the operator accepts the loss
 * ({@link #accept}). If W of N replicas or more lost the same keys, too few can be asked: such rows
 * may be lost altogether.
 */
public final class Rebuild {
  /** The pages of a step: some seconds' work, which a restart may cost; a step ends with a sync. */
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
  private final Map<LostRanges.KeyRange, RangeRebuild> rebuilds = new HashMap<>();
  private volatile boolean accepting;
  private boolean alone;
  private boolean stepEnded;
  private volatile boolean stopped;
  private volatile RebuildStatus status = new RebuildStatus(0, "", false, 0, 0);
  private long rebuilt;
  private long taken;

  /** The progress of one range's rebuild. */
  private static final class RangeRebuild {
    /** The time since which every request about the range is refused. */
    final long sinceNanos;

    /** Whether the operator has accepted the loss. */
    boolean accepted;

    @Nullable RebuildStep step;

    RangeRebuild(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param pace the pause after each page of 500 registers that was taken over
   * @param longestNanos the longest time that an operation on a register is under way
   * @param stretchPages the pages of a step, after which its end is recorded durably: {@link
   *     #STRETCH_PAGES}
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

  /** Rebuilds lost ranges as they appear; returns after {@link #stop}. */
  public void run() {
    while (!stopped) {
      stepEnded = false;
      rebuildFirst();
      if (!stepEnded) {
        news.take(time.nanos() + TICK_NANOS);
      }
    }
  }

  /** Has {@link #run} return soon; an unfinished step begins anew after a restart. */
  public void stop() {
    stopped = true;
    news.put(true);
  }

  /**
   * Accepts the present losses: their rebuild ends with the rows that this replica and the
   * answering ones still have, be they enough or not. This is for an operator without other copies:
   * acknowledged writes may be gone then, and promises broken. Later losses are not accepted.
   * Returns at once.
   */
  public void accept() {
    accepting = true;
    news.put(true);
  }

  /** How far the rebuild is; never blocks. */
  public RebuildStatus status() {
    return status;
  }

  /** Goes on with the first range that can advance, since later ones may need it. */
  private void rebuildFirst() {
    List<LostRanges.KeyRange> open = losses.open();
    rebuilds.keySet().retainAll(open);
    open.forEach(loss -> rebuilds.computeIfAbsent(loss, this::begin));
    if (accepting) {
      accepting = false;
      open.forEach(loss -> rebuildOf(loss).accepted = true);
    }
    Layout layout = layouts.get();
    alone = layout != null && !open.stream().allMatch(loss -> step(loss, layout).witnesses.exist());
    String doing = "";
    for (int i = 0; i < open.size() && !stepEnded; i++) {
      doing = advance(open.get(i));
      report(open.size(), doing);
    }
    report(losses.open().size(), doing);
  }

  private RangeRebuild begin(LostRanges.KeyRange loss) {
    losses.begin(loss);
    return new RangeRebuild(time.nanos());
  }

  private RangeRebuild rebuildOf(LostRanges.KeyRange loss) {
    return Objects.requireNonNull(rebuilds.get(loss));
  }

  /** The range's present step; a layout of another epoch begins it anew. */
  private RebuildStep step(LostRanges.KeyRange loss, Layout layout) {
    RangeRebuild rebuild = rebuildOf(loss);
    RebuildStep step = rebuild.step;
    if (step == null || step.epoch != layout.epoch()) {
      step = new RebuildStep(layout.epoch(), Witnesses.of(self, layout, loss));
      rebuild.step = step;
    }
    return step;
  }

  private void report(int ranges, String doing) {
    status = new RebuildStatus(ranges, ranges == 0 ? "" : doing, alone, rebuilt, taken);
  }

  /** Advances a range's rebuild; returns its present activity, for people. */
  private String advance(LostRanges.KeyRange loss) {
    if (time.nanos() - rebuildOf(loss).sinceNanos < longestNanos) {
      return "waiting for the end of operations that may have counted on this node";
    }
    Layout layout = layouts.get();
    if (layout == null || stopped) {
      return "waiting for a layout";
    }
    return copy(layout, loss);
  }

  private String copy(Layout layout, LostRanges.KeyRange loss) {
    RebuildStep step = step(loss, layout);
    boolean accepted = rebuildOf(loss).accepted;
    if (!accepted && !step.witnesses.exist()) {
      return "nobody else holds these keys: restore this node's folder from a copy, or accept the"
          + " loss";
    }
    pullFromWitnesses(loss, step);
    if (stopped || (!accepted && step.needsMore())) {
      return "waiting for other replicas, of which too few can be asked";
    }
    Layout now = layouts.get();
    if (now == null || now.epoch() != layout.epoch()) {
      return "waiting for a layout that stays";
    }
    if (losses.end(loss, step.end)) {
      ended(loss, loss.behind(step.end));
    }
    return COPYING;
  }

  private void ended(LostRanges.KeyRange loss, LostRanges.@Nullable KeyRange rest) {
    stepEnded = true;
    RangeRebuild rebuild = rebuildOf(loss);
    rebuilds.remove(loss);
    if (rest == null) {
      rebuilt++;
    } else {
      rebuild.step = null;
      rebuilds.put(rest, rebuild);
    }
  }

  /** Copies from as many witnesses as are needed and answer. */
  private void pullFromWitnesses(LostRanges.KeyRange loss, RebuildStep step) {
    step.witnesses
        .all()
        .forEach((node, partitions) -> {
          boolean wanted = !stopped && step.needsMore() && !step.copiedFrom.contains(node);
          if (wanted && pull(step, loss, node, partitions)) {
            step.copiedFrom.add(node);
          }
        });
  }

  private boolean take(List<Reply.Register> page) {
    List<LostRanges.Register> registers = LostRanges.Register.read(page);
    return registers != null && losses.take(registers);
  }

  /** True when all registers of these partitions that the node has in this step are taken over. */
  private boolean pull(RebuildStep step, LostRanges.KeyRange loss, NodeId node, BitSet partitions) {
    Bytes wanted = Bytes.wrap(partitions.toByteArray());
    Key from = loss.from();
    Key to = step.end == null ? loss.to() : step.end;
    for (int page = 0; from != null && (step.bounded || page < stretchPages); page++) {
      var pull = new Request.PullRegisters(step.epoch, wanted, from, to, PAGE);
      if (stopped
          || !(peers.ask(node, pull)
              instanceof Reply.Registers(List<Reply.Register> registers, Key next))
          || !take(registers)) {
        return false;
      }
      taken += registers.size();
      report(rebuilds.size(), COPYING);
      from = next;
      peers.pause(pauseNanos);
    }
    if (!step.bounded) {
      step.bounded = true;
      step.end = from;
    }
    return true;
  }
}
