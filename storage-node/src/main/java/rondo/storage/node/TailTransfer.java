package rondo.storage.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** Answers a node that moves the tail of a shard: the replica's side of a move. Thread-safe. */
final class TailTransfer {
  private static final long PAGE_BYTES = 1 << 20;
  private static final int DROPPED = 500;

  private final Engine engine;
  private final RowRegisters registers;
  private final ShardFences fences;
  private final TailJournals journals;
  private final long life;

  TailTransfer(
      Engine engine, RowRegisters registers, ShardFences fences, TailJournals journals, long life) {
    this.engine = engine;
    this.registers = registers;
    this.fences = fences;
    this.journals = journals;
    this.life = life;
  }

  RowRegisters.Answered answer(Request.Tail request) {
    return switch (request) {
      case Request.PullTail pull -> fences.shared(pull.partition(), fence -> pull(pull, fence));
      case Request.PullChanges pull when pull.after() == 0 ->
          fences.alone(pull.partition(), fence -> changes(pull, fence));
      case Request.PullChanges pull ->
          fences.shared(pull.partition(), fence -> changes(pull, fence));
      case Request.FetchTail fetch ->
          fences.shared(fetch.partition(), fence -> fetch(fetch, fence));
      case Request.DropTail drop -> fences.shared(drop.partition(), fence -> drop(drop, fence));
    };
  }

  private static RowRegisters.Answered refused(String why) {
    return new RowRegisters.Answered(new Reply.Refused(Reply.Reason.UNAVAILABLE, why), 0, false);
  }

  private RowRegisters.Answered pull(Request.PullTail pull, ShardFence fence) {
    Bytes from = fence.tail();
    if (from == null || !fence.isMoving(pull.attempt())) {
      return refused("no such move");
    }
    var page = new Page(pull.limit());
    Key after = pull.after();
    for (int table : Tables.FENCED) {
      if (after == null || table >= after.table()) {
        Bytes start =
            after != null && after.table() == table ? Bytes.concat(after.sort(), ZERO) : from;
        if (!page.add(engine, table, pull.partition(), start, fence.end())) {
          return page.answered(page.last);
        }
      }
    }
    return page.answered(null);
  }

  private static final Bytes ZERO = Bytes.wrap(new byte[1]);

  /** Collects rows until a page is full. */
  private static final class Page {
    private final List<Row> rows = new ArrayList<>();
    private final int limit;
    private long bytes;
    private long newest;
    private @Nullable Key last;

    Page(int limit) {
      this.limit = limit;
    }

    boolean isFull() {
      return rows.size() >= limit || bytes >= PAGE_BYTES;
    }

    /** Adds the rows of a table; false when the page is full before their end. */
    boolean add(Engine engine, int table, Bytes shard, Bytes start, @Nullable Bytes to) {
      Bytes end =
          to == null
              ? RowKey.after(RowKey.encode(table, shard, Bytes.EMPTY))
              : RowKey.encode(table, shard, to);
      try (Cursor cursor = engine.cursor(RowKey.encode(table, shard, start), end)) {
        for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
          if (isFull()) {
            return false;
          }
          Key key = RowKey.decode(entry.key());
          add(key, new RowRegisters.Found(RowRegisters.decode(entry), entry.sequence()));
        }
      }
      return true;
    }

    void add(Key key, RowRegisters.Found found) {
      var state = found.state();
      last = key;
      rows.add(new Row(key, state.current(), RowPull.pending(state)));
      Bytes value = state.current().value();
      bytes += 64 + key.sort().length() + (value == null ? 0 : value.length());
      newest = Math.max(newest, found.sequence());
    }

    RowRegisters.Answered answered(@Nullable Key next) {
      return new RowRegisters.Answered(new Reply.Rows(rows, next), newest, false);
    }
  }

  private RowRegisters.Answered changes(Request.PullChanges pull, ShardFence fence) {
    if (!fence.isMoving(pull.attempt())) {
      return refused("no such move");
    }
    if (pull.closed() && !fence.isTailClosed()) {
      return refused("not closed");
    }
    TailJournal journal =
        pull.after() == 0 && !pull.closed()
            ? journals.open(pull.partition(), pull.attempt(), fence)
            : journals.find(pull.partition(), pull.attempt());
    TailJournal.Page changes = journal == null ? null : journal.after(pull.after(), pull.limit());
    if (changes == null) {
      return refused("no journal");
    }
    var page = new Page(pull.limit());
    long last = pull.after();
    boolean more = changes.more();
    for (var change : changes.changes()) {
      if (page.isFull()) {
        more = true;
        break;
      }
      page.add(change.getValue(), registers.find(change.getValue()));
      last = change.getKey();
    }
    return new RowRegisters.Answered(
        new Reply.Changes(life, last, more, page.rows), page.newest, false);
  }

  private RowRegisters.Answered fetch(Request.FetchTail fetch, ShardFence fence) {
    if (!fence.isMoving(fetch.attempt()) || !fence.isTailClosed()) {
      return refused("not closed");
    }
    var page = new Page(Integer.MAX_VALUE);
    for (Key key : fetch.keys()) {
      if (page.isFull()) {
        return page.answered(key);
      }
      page.add(key, registers.find(key));
    }
    return page.answered(null);
  }

  private RowRegisters.Answered drop(Request.DropTail drop, ShardFence fence) {
    if (!fence.isGone(drop.from())) {
      return refused("these keys are not known to have left");
    }
    int dropped = 0;
    for (int table : Tables.FENCED) {
      var page = new Page(DROPPED - dropped);
      boolean all = page.add(engine, table, drop.partition(), drop.from(), null);
      page.rows.forEach(row -> registers.drop(row.key(), row.state().stamp()));
      dropped += page.rows.size();
      if (!all) {
        var next = new Key(table, drop.partition(), drop.from());
        return new RowRegisters.Answered(new Reply.Rows(List.of(), next), 0, true);
      }
    }
    return new RowRegisters.Answered(new Reply.Rows(List.of(), null), 0, true);
  }
}
