package rondo.storage.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Ring;
import rondo.ring.repair.RowSums;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/**
 * Makes a page of keys and stamps of the rows in some leaves of a partition, for anti-entropy. For
 * one thread.
 */
final class StampList {
  /** A page looks at so many rows at most, so that it ends in time. */
  private static final int MOST_SEEN = 20_000;

  private final Ring ring;
  private final Cursor cursor;
  private final Request.ListStamps request;
  private final BitSet leaves;
  private final List<Reply.Stamped> rows = new ArrayList<>();
  private @Nullable Bytes known;
  private boolean knownWanted;
  private long newest;

  private StampList(Ring ring, Cursor cursor, Request.ListStamps request) {
    this.ring = ring;
    this.cursor = cursor;
    this.request = request;
    this.leaves = BitSet.valueOf(request.leaves().array());
  }

  static RowRegisters.Answered page(Engine engine, Ring ring, Request.ListStamps request) {
    Bytes from = Bytes.EMPTY;
    if (request.after() != null) {
      // The least greater key: this key with a zero byte behind it.
      from = Bytes.concat(RowKey.encode(request.after()), Bytes.wrap(new byte[1]));
    }
    try (Cursor cursor = engine.cursor(from, null)) {
      return new StampList(ring, cursor, request).run();
    }
  }

  private RowRegisters.Answered run() {
    Key last = null;
    int seen = 0;
    for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
      if (last != null && (rows.size() >= request.limit() || seen >= MOST_SEEN)) {
        return new RowRegisters.Answered(new Reply.Stamps(List.copyOf(rows), last), newest, false);
      }
      seen++;
      last = RowKey.decode(entry.key());
      if (!isWanted(last.partition())) {
        skip(last);
      } else if (Tables.isShared(last.table()) && leaves.get(RowSums.leaf(last))) {
        add(last, entry);
      }
    }
    return new RowRegisters.Answered(new Reply.Stamps(List.copyOf(rows), null), newest, false);
  }

  private boolean isWanted(Bytes partitionKey) {
    if (known == null || !partitionKey.equals(known)) {
      known = partitionKey;
      knownWanted = ring.partitionOf(partitionKey) == request.partition();
    }
    return knownWanted;
  }

  private void add(Key key, Engine.Entry entry) {
    Stamp stamp = RowRegisters.decode(entry).current().stamp();
    if (!stamp.equals(Stamp.ZERO)) {
      rows.add(new Reply.Stamped(key, stamp));
      newest = Math.max(newest, entry.sequence());
    }
  }

  private void skip(Key key) {
    Bytes behind = RowKey.after(RowKey.encode(key.table(), key.partition(), Bytes.EMPTY));
    if (behind != null) {
      cursor.seek(behind);
    }
  }
}
