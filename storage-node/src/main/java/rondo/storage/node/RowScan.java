package rondo.storage.node;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.listing.ListedValue;
import rondo.metadata.listing.LiveRows;
import rondo.metadata.listing.PageScan;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Bytes;

/**
 * Answers a scan from the engine. The work for a page is bounded, no matter how many hidden rows,
 * mostly tombstones, lie between the live ones: at the bound the page ends where it is.
 */
final class RowScan {
  private static final long PAGE_BYTES = 1 << 20;

  /** The bound on rows, a few tens of milliseconds; a page has at most a thousand entries. */
  static final int MOST_ROWS = 20_000;

  private RowScan() {}

  static RowRegisters.Answered page(Engine engine, ScanRange range, boolean full) {
    Bytes from = RowKey.encode(range.table(), range.partition(), Bytes.EMPTY);
    Bytes prefix = RowKey.encode(range.table(), range.partition(), range.prefix());
    try (Cursor cursor = engine.cursor(prefix, end(range, RowKey.after(prefix)))) {
      var rows = new EngineRows(cursor, from, range.table(), full);
      Reply.Page page = PageScan.page(rows, range, PAGE_BYTES);
      Bytes stopped = rows.stopped;
      return new RowRegisters.Answered(
          stopped == null ? page : new Reply.Page(page.entries(), true, stopped),
          rows.newest,
          false);
    }
  }

  private static @Nullable Bytes end(ScanRange range, @Nullable Bytes prefixEnd) {
    if (range.to() == null) {
      return prefixEnd;
    }
    Bytes to = RowKey.encode(range.table(), range.partition(), range.to());
    return prefixEnd == null || to.compareTo(prefixEnd) < 0 ? to : prefixEnd;
  }

  private static final class EngineRows implements LiveRows {
    private final Cursor cursor;
    private final Bytes before;
    private final int table;
    private final boolean full;

    /**
     * The newest sequence number, of tombstones too: that a row is deleted must be durable before a
     * reply tells it.
     */
    private long newest;

    private int looked;

    /** The first row that was not looked at, when the page reached its bound. */
    private @Nullable Bytes stopped;

    EngineRows(Cursor cursor, Bytes before, int table, boolean full) {
      this.cursor = cursor;
      this.before = before;
      this.table = table;
      this.full = full;
    }

    @Override
    public @Nullable LiveRow next() {
      for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        if (++looked > MOST_ROWS) {
          stopped = entry.key().slice(before.length(), entry.key().length());
          return null;
        }
        newest = Math.max(newest, entry.sequence());
        RegisterState.Seen current = RowRegisters.see(entry);
        ByteBuffer whole = current.value();
        Bytes value = whole == null ? null : ListedValue.of(table, whole);
        if (value != null) {
          Bytes sort = entry.key().slice(before.length(), entry.key().length());
          return new LiveRow(sort, current.stamp(), full ? value : null);
        }
      }
      return null;
    }

    @Override
    public void seek(Bytes sort) {
      cursor.seek(Bytes.concat(before, sort));
    }
  }
}
