package rondo.storage.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Ring;
import rondo.ring.rebuild.LostRanges;
import rondo.ring.register.PaxosInstance;
import rondo.ring.register.RegisterState;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** Makes a page of a node's rows, or registers, in some partitions. For one thread. */
final class RowPull {
  private static final long PAGE_BYTES = 1 << 20;

  /** A page skips at most so many partition keys of other partitions, so that it ends in time. */
  private static final int MOST_SKIPPED = 10_000;

  private final Ring ring;
  private final Cursor cursor;
  private final BitSet partitions;
  private final int limit;
  private final List<LostRanges.Register> rows = new ArrayList<>();
  private @Nullable Bytes known;
  private boolean knownWanted;
  private long bytes;
  private long newest;
  private int skipped;

  private RowPull(Ring ring, Cursor cursor, Bytes partitions, int limit) {
    this.ring = ring;
    this.cursor = cursor;
    this.partitions = BitSet.valueOf(partitions.array());
    this.limit = limit;
  }

  static RowRegisters.Answered page(Engine engine, Ring ring, Request.PullRows request) {
    Bytes from = Bytes.EMPTY;
    if (request.after() != null) {
      // The least greater key: this key with a zero byte behind it.
      from = Bytes.concat(RowKey.encode(request.after()), Bytes.wrap(new byte[1]));
    }
    try (Cursor cursor = engine.cursor(from, null)) {
      var pull = new RowPull(ring, cursor, request.partitions(), request.limit());
      Key last = pull.run();
      List<Row> rows =
          pull.rows.stream()
              .map(row -> new Row(row.key(), row.state().current(), pending(row.state())))
              .toList();
      return new RowRegisters.Answered(new Reply.Rows(rows, last), pull.newest, false);
    }
  }

  static RowRegisters.Answered page(Engine engine, Ring ring, Request.PullRegisters request) {
    Key to = request.to();
    Bytes end = to == null ? null : RowKey.encode(to);
    try (Cursor cursor = engine.cursor(RowKey.encode(request.from()), end)) {
      var pull = new RowPull(ring, cursor, request.partitions(), request.limit());
      Key last = pull.run();
      Key next = last == null ? null : new Key(last.table(), last.partition(), behind(last));
      var reply =
          new Reply.Registers(pull.rows.stream().map(LostRanges.Register::told).toList(), next);
      return new RowRegisters.Answered(reply, pull.newest, false);
    }
  }

  private static Bytes behind(Key key) {
    return Bytes.concat(key.sort(), Bytes.wrap(new byte[1]));
  }

  /**
   * Fills the page, and returns the last key that was looked at; null when that was the last of
   * all.
   */
  private @Nullable Key run() {
    Key last = null;
    for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
      if (last != null && (rows.size() >= limit || bytes >= PAGE_BYTES || skipped > MOST_SKIPPED)) {
        return last;
      }
      last = RowKey.decode(entry.key());
      if (last.table() != Tables.HINTS && isWanted(last.partition())) {
        add(last, entry);
      } else {
        skipped++;
        skip(last);
      }
    }
    return null;
  }

  private boolean isWanted(Bytes partitionKey) {
    if (known == null || !partitionKey.equals(known)) {
      known = partitionKey;
      knownWanted = partitions.get(ring.partitionOf(partitionKey));
    }
    return knownWanted;
  }

  private void add(Key key, Engine.Entry entry) {
    rows.add(new LostRanges.Register(key, RowRegisters.decode(entry)));
    bytes += entry.key().length() + entry.value().length();
    newest = Math.max(newest, entry.sequence());
  }

  private void skip(Key key) {
    Bytes behind = RowKey.after(RowKey.encode(key.table(), key.partition(), Bytes.EMPTY));
    if (behind != null) {
      cursor.seek(behind);
    }
  }

  static Row.@Nullable Pending pending(RegisterState state) {
    PaxosInstance newest =
        state.instances().stream()
            .filter(instance -> instance.accepted() != null)
            .max(Comparator.comparing(PaxosInstance::base))
            .orElse(null);
    AcceptedValue accepted = newest == null ? null : newest.accepted();
    return newest == null || accepted == null
        ? null
        : new Row.Pending(newest.base(), accepted.ballot(), accepted.value());
  }
}
