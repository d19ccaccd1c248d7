package rondo.metadata.listing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;

/**
 * Scans rows for one page of a listing. With a delimiter it seeks past each common prefix, so that
 * the cost of a page depends on the entries in it and not on how many rows the common prefixes roll
 * up.
 */
public final class PageScan {
  /**
   * Each entry counts for so many bytes beside its own, so that a page of tiny entries ends too.
   */
  private static final int ENTRY_BYTES = 64;

  private final LiveRows rows;
  private final ScanRange range;
  private final List<Reply.Entry> entries = new ArrayList<>();
  private long bytes;

  private PageScan(LiveRows rows, ScanRange range) {
    this.rows = rows;
    this.range = range;
  }

  /**
   * Returns the first page of {@code range}. It ends early, with {@code more} set, once it holds
   * {@code pageBytes}; it has at least one entry if the range has one.
   */
  public static Reply.Page page(LiveRows rows, ScanRange range, long pageBytes) {
    return new PageScan(rows, range).run(pageBytes);
  }

  private Reply.Page run(long pageBytes) {
    Bytes start = range.from().compareTo(range.prefix()) > 0 ? range.from() : range.prefix();
    rows.seek(start);
    for (LiveRows.LiveRow row = next(); row != null; row = next()) {
      if (entries.size() >= range.limit() || bytes >= pageBytes) {
        return new Reply.Page(List.copyOf(entries), true);
      }
      if (!add(row)) {
        break;
      }
    }
    return new Reply.Page(List.copyOf(entries), false);
  }

  private LiveRows.@Nullable LiveRow next() {
    LiveRows.LiveRow row = rows.next();
    return row == null || !row.sort().startsWith(range.prefix()) ? null : row;
  }

  /** Adds a row or its common prefix; false when nothing can follow it. */
  private boolean add(LiveRows.LiveRow row) {
    Bytes group = group(row.sort());
    if (group == null) {
      add(new Reply.Entry(null, row.sort(), row.stamp(), row.value()));
      return true;
    }
    add(new Reply.Entry(group, row.sort(), row.stamp(), null));
    Bytes behind = RowKey.after(group);
    if (behind != null) {
      rows.seek(behind);
    }
    return behind != null;
  }

  private void add(Reply.Entry entry) {
    entries.add(entry);
    bytes += ENTRY_BYTES + entry.sort().length();
    bytes += entry.value() == null ? 0 : entry.value().length();
  }

  /**
   * Returns the sort key up to and including the first delimiter behind the prefix; null without
   * one.
   */
  private @Nullable Bytes group(Bytes sort) {
    Bytes delimiter = range.delimiter();
    if (delimiter == null) {
      return null;
    }
    int end = sort.length() - Tables.suffixBytes(range.table());
    for (int at = range.prefix().length(); at + delimiter.length() <= end; at++) {
      if (matches(sort, at, delimiter)) {
        return sort.slice(0, at + delimiter.length());
      }
    }
    return null;
  }

  private static boolean matches(Bytes sort, int at, Bytes delimiter) {
    for (int i = 0; i < delimiter.length(); i++) {
      if (sort.at(at + i) != delimiter.at(i)) {
        return false;
      }
    }
    return true;
  }
}
