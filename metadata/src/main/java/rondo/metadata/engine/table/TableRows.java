package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** A walk through the rows of a table. After a failed read it can't go on. For one thread. */
public final class TableRows {
  private final SortedTable table;
  private int pageNumber;
  private TablePage page;
  private int groupNumber;
  private TableGroup group;
  private @Nullable Bytes key;

  /** Starts at the first row whose key is not less than {@code from}. */
  public TableRows(SortedTable table, Bytes from) {
    this.table = table;
    this.pageNumber = table.find(from);
    this.page = table.page(pageNumber);
    this.groupNumber = Math.max(0, page.find(from));
    this.group = page.group(groupNumber);
    key = next(from);
  }

  /** Returns the current key; null past the end. */
  @Nullable
  public Bytes key() {
    return key;
  }

  /** Returns the bytes that stand beside the current key. */
  public ByteBuffer value() {
    return group.value();
  }

  /** Goes to the next row. */
  public void advance() {
    key = key != null && next() ? group.key() : null;
  }

  private boolean next() {
    while (!group.next()) {
      if (groupNumber + 1 < page.groups()) {
        groupNumber++;
      } else if (pageNumber + 1 < table.pages()) {
        enter(pageNumber + 1);
        groupNumber = 0;
      } else {
        return false;
      }
      group = page.group(groupNumber);
    }
    return true;
  }

  private void enter(int number) {
    if (number != pageNumber) {
      page = table.page(number);
      pageNumber = number;
    }
  }

  private @Nullable Bytes next(Bytes from) {
    boolean there = next();
    while (there && group.compareTo(from) < 0) {
      there = next();
    }
    return there ? group.key() : null;
  }

  /** Goes forward to the first row whose key is not less than {@code to}; never goes back. */
  public void seek(Bytes to) {
    if (key == null || key.compareTo(to) >= 0 || isInGroup(to)) {
      return;
    }
    // This page is in memory: no need to search in the table.
    if (page.begins(page.groups() - 1, to)) {
      enter(table.find(to));
    }
    groupNumber = Math.max(0, page.find(to));
    group = page.group(groupNumber);
    key = next(to);
  }

  /** Whether the walk has reached {@code to} within this group; if not, the group is at its end. */
  private boolean isInGroup(Bytes to) {
    while (group.next()) {
      if (group.compareTo(to) >= 0) {
        key = group.key();
        return true;
      }
    }
    return false;
  }
}
