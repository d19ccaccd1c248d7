package rondo.ring.coordinate;

import java.util.ArrayList;
import java.util.List;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.quorum.Round;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Asks a read quorum for the same page: one replica for the rows, the others for their stamps. */
final class PageRound {
  /** How long the rows may take before another replica is asked: a page takes longer than a row. */
  private static final long HEDGE_NANOS = 100_000_000L;

  private final CoordinatorContext context;
  private final Placement placement;
  private final ScanRange range;
  private final Round round;
  private final List<ReplicaSet> sets;
  private final List<NodeId> order;
  private long hedgeAt = Long.MAX_VALUE;
  private long hedgeNanos = HEDGE_NANOS;
  private NodeId awaited;

  PageRound(
      CoordinatorContext context,
      Placement placement,
      ScanRange range,
      ConsistencyLevel level,
      long deadlineNanos) {
    this.context = context;
    this.placement = placement;
    this.range = range;
    // Rows on which the pages differ are settled one by one: no page waits for a write quorum.
    ConsistencyLevel pages =
        level == ConsistencyLevel.LINEARIZABLE ? ConsistencyLevel.QUORUM : level;
    this.sets = ReadOperation.sets(context, placement, pages);
    this.round = context.round(range.partition(), placement, sets, context.until(deadlineNanos));
    this.order =
        context.suspects().inOrder(context.self(), round.tally().nodes(), context.chance());
    this.awaited = order.getFirst();
  }

  Round round() {
    return round;
  }

  Round.End ask() {
    var hedged =
        new HedgedRound(
            context, round, sets, order, node -> scan(node.equals(awaited)), HEDGE_NANOS);
    while (true) {
      if (round.staleEpoch() > 0) {
        return Round.End.STALE;
      }
      if (round.tally().reached() && pages().stream().anyMatch(PageRound::complete)) {
        return Round.End.REACHED;
      }
      if (round.tally().impossible()) {
        return Round.End.IMPOSSIBLE;
      }
      if (round.tally().reached()) {
        seekRows();
      } else if (hedged.isDue()) {
        awaited = round.tally().answered(awaited) ? awaited : hedged.rest().getFirst();
        hedged.askRest();
      }
      long wake = round.tally().reached() ? hedgeAt : hedged.wakeNanos();
      Answer answer = round.next(wake, node -> scan(node.equals(awaited)));
      if (answer != null) {
        note(answer);
      } else if (round.expired()) {
        return Round.End.SILENT;
      }
    }
  }

  /** The pages of all that answered: at least a quorum. */
  List<Reply.Page> pages() {
    var pages = new ArrayList<Reply.Page>();
    for (Reply reply : round.replies().values()) {
      if (reply instanceof Reply.Page page && advances(page)) {
        pages.add(page);
      }
    }
    return pages;
  }

  private void note(Answer answer) {
    boolean good = answer.reply() instanceof Reply.Page page && advances(page);
    boolean poorer =
        round.replies().get(answer.from()) instanceof Reply.Page before
            && complete(before)
            && advances(before);
    if (!poorer) {
      round.note(answer, good);
    }
  }

  private void seekRows() {
    long now = context.time().nanos();
    boolean useless = round.replies().get(awaited) != null && !round.tally().saidYes(awaited);
    if (hedgeAt == Long.MAX_VALUE && !useless) {
      hedgeAt = now + hedgeNanos;
    }
    if (!useless && now < hedgeAt) {
      return;
    }
    context.suspects().silent(awaited);
    List<NodeId> able = round.tally().nodes().stream().filter(round.tally()::saidYes).toList();
    awaited = able.get((able.indexOf(awaited) + 1) % able.size());
    round.send(awaited, scan(true));
    hedgeNanos *= 2;
    hedgeAt = now + hedgeNanos;
  }

  private Request scan(boolean full) {
    return new Request.Scan(placement.epoch(), range, full);
  }

  /** Whether a page gets the listing forward: one that isn't the last and is empty never would. */
  private boolean advances(Reply.Page page) {
    Bytes next = page.next();
    return !page.more()
        || (next == null ? !page.entries().isEmpty() : next.compareTo(range.from()) > 0);
  }

  private static boolean complete(Reply.Page page) {
    for (Reply.Entry entry : page.entries()) {
      if (entry.group() == null && entry.value() == null) {
        return false;
      }
    }
    return true;
  }
}
