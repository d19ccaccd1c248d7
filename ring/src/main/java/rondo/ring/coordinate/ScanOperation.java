package rondo.ring.coordinate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Placement;
import rondo.ring.port.Mailbox;
import rondo.ring.quorum.Outcome;
import rondo.ring.quorum.Round;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/**
 * One listing: it merges the pages of a read quorum, reads each row on which they differ, and lists
 * each group on which they differ.
 */
final class ScanOperation {
  /** Reads that settle rows on which replicas differ go side by side, but not all at once. */
  private static final int MOST_READERS = 16;

  /**
   * A page may shrink to nothing when its slots are resolved; the next one is not asked for in
   * crumbs.
   */
  private static final int SMALLEST_PAGE = 32;

  /** The result of resolving a slot: an entry, nothing alive, or a failure. */
  private record SlotResult(
      int slot, Reply.@Nullable Entry entry, Outcome.@Nullable Refused<?> failure) {}

  private final Coordinator coordinator;
  private final CoordinatorContext context;
  private final ScanRange range;
  private final ConsistencyLevel level;
  private final long deadlineNanos;
  private final RetryPolicy retryPolicy;

  ScanOperation(
      Coordinator coordinator,
      CoordinatorContext context,
      ScanRange range,
      ConsistencyLevel level,
      long deadlineNanos) {
    this.coordinator = coordinator;
    this.context = context;
    this.range = range;
    this.level = level;
    this.deadlineNanos = deadlineNanos;
    this.retryPolicy = new RetryPolicy(context, range.partition(), deadlineNanos);
  }

  /** Lists until the page is full or the range ends. */
  Outcome<Reply.Page> run() {
    return run(Long.MAX_VALUE);
  }

  /**
   * Lists until the page is full, the range ends or the time is up: the page may then be empty, and
   * says where to continue.
   */
  Outcome<Reply.Page> run(long untilNanos) {
    var entries = new ArrayList<Reply.Entry>();
    Bytes from = range.from();
    while (true) {
      int wanted = range.limit() - entries.size();
      var merged = ask(range.at(from, Math.max(wanted, SMALLEST_PAGE)));
      if (!(merged instanceof Outcome.Reached<PageMerge>(PageMerge pages))) {
        return fail(merged);
      }
      List<SlotResult> found = resolve(pages.slots(), from);
      for (SlotResult one : found) {
        if (one.failure() != null) {
          return fail(one.failure());
        }
        if (one.entry() != null && entries.size() == range.limit()) {
          return new Outcome.Reached<>(new Reply.Page(entries, true));
        }
        if (one.entry() != null) {
          entries.add(one.entry());
        }
      }
      Bytes next = next(pages.end(), entries);
      if (next == null || entries.size() == range.limit()) {
        return new Outcome.Reached<>(new Reply.Page(entries, next != null));
      }
      if (context.time().nanos() >= untilNanos) {
        return new Outcome.Reached<>(new Reply.Page(entries, true, next));
      }
      from = next;
    }
  }

  /**
   * The start of the next page: {@code end}, or behind the group in which it lies, which has its
   * entry.
   */
  private static @Nullable Bytes next(@Nullable Bytes end, List<Reply.Entry> entries) {
    Bytes group = entries.isEmpty() ? null : entries.getLast().group();
    return end != null && group != null && end.startsWith(group) ? PageMerge.beyond(group) : end;
  }

  private Outcome<PageMerge> ask(ScanRange part) {
    while (true) {
      Placement placement = context.placements().of(part.partition());
      var round = new PageRound(context, placement, part, level, deadlineNanos);
      Round.End end = round.ask();
      if (end == Round.End.REACHED) {
        return new Outcome.Reached<>(PageMerge.merge(round.pages()));
      }
      if (!retryPolicy.awaitRetry(round.round(), end)) {
        return RetryPolicy.refused(round.round());
      }
    }
  }

  /** The result of every slot, in their order. */
  private List<SlotResult> resolve(List<PageMerge.Slot> slots, Bytes from) {
    var found = new ArrayList<SlotResult>();
    var open = new ArrayList<Integer>();
    for (int i = 0; i < slots.size(); i++) {
      Reply.Entry agreed = slots.get(i).agreed();
      found.add(new SlotResult(i, agreed, agreed == null ? unavailable("not read in time") : null));
      if (agreed == null) {
        open.add(i);
      }
    }
    Mailbox<SlotResult> results = context.tasks().mailbox();
    var next = new AtomicInteger();
    for (int reader = 0; reader < Math.min(MOST_READERS, open.size()); reader++) {
      context.tasks().start("scan", () -> resolveSlots(slots, open, next, from, results));
    }
    for (int i = 0; i < open.size(); i++) {
      SlotResult one = results.take(deadlineNanos);
      if (one == null) {
        break;
      }
      found.set(one.slot(), one);
    }
    return found;
  }

  private void resolveSlots(
      List<PageMerge.Slot> slots,
      List<Integer> open,
      AtomicInteger next,
      Bytes from,
      Mailbox<SlotResult> results) {
    for (int i = next.getAndIncrement(); i < open.size(); i = next.getAndIncrement()) {
      int slot = open.get(i);
      results.put(resolveSlot(slot, slots.get(slot), from));
    }
  }

  private SlotResult resolveSlot(int index, PageMerge.Slot slot, Bytes from) {
    return slot.isGroup() ? listGroup(index, slot.place(), from) : read(index, slot.place());
  }

  private SlotResult read(int index, Bytes sort) {
    var key = new Key(range.table(), range.partition(), sort);
    // One closed replica with the row is enough: its writer may still learn that it is done.
    ConsistencyLevel settling = range.closedBy() == null ? level : ConsistencyLevel.ALL;
    Outcome<VersionedValue> read = coordinator.read(key, settling, deadlineNanos);
    if (read instanceof Outcome.Refused<VersionedValue>(Reply.Reason reason, String _)
        && reason == Reply.Reason.CLOSED) {
      // No quorum of the closed partition has this row: its writer got no answer, and no
      // operation can settle it now. The caller of a closed listing wants to see such
      // rows.
      read = coordinator.read(key, ConsistencyLevel.QUORUM, deadlineNanos);
    }
    return switch (read) {
      case Outcome.Reached<VersionedValue>(VersionedValue state) ->
          new SlotResult(
              index,
              isShown(state.value())
                  ? new Reply.Entry(null, sort, state.stamp(), state.value())
                  : null,
              null);
      case Outcome.Refused<VersionedValue> refused -> new SlotResult(index, null, refused);
      case Outcome.Unknown<VersionedValue>(String detail) ->
          new SlotResult(index, null, unavailable(detail));
    };
  }

  private boolean isShown(@Nullable Bytes value) {
    return value != null && context.visibility().shows(range.table(), value);
  }

  /** Lists the group's first live row, which represents the group. */
  private SlotResult listGroup(int index, Bytes group, Bytes from) {
    Bytes start = from.compareTo(group) > 0 ? from : group;
    ScanRange inside = range.firstOf(group, start);
    return switch (new ScanOperation(coordinator, context, inside, level, deadlineNanos).run()) {
      case Outcome.Reached<Reply.Page>(Reply.Page page) when page.entries().isEmpty() ->
          new SlotResult(index, null, null);
      case Outcome.Reached<Reply.Page>(Reply.Page page) -> {
        Reply.Entry first = page.entries().getFirst();
        yield new SlotResult(
            index, new Reply.Entry(group, first.sort(), first.stamp(), null), null);
      }
      case Outcome.Refused<Reply.Page> refused -> new SlotResult(index, null, refused);
      case Outcome.Unknown<Reply.Page>(String detail) ->
          new SlotResult(index, null, unavailable(detail));
    };
  }

  private static Outcome<Reply.Page> fail(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(Reply.Reason reason, String detail)
        ? new Outcome.Refused<>(reason, detail)
        : unavailable(outcome.toString());
  }

  private static <T> Outcome.Refused<T> unavailable(String detail) {
    return new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, detail);
  }
}
