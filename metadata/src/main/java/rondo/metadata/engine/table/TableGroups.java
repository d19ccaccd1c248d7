package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.ring.value.Bytes;

/**
 * Walks through all groups of a table in order, without a search, so that damage costs only the
 * groups that it touches. For one thread.
 */
public final class TableGroups {
  private final SortedTable table;
  private int number = -1;
  private @Nullable TablePage page;
  private int group;

  public TableGroups(SortedTable table) {
    this.table = table;
  }

  /**
   * A row as the table has it.
   *
   * @param slot the bytes that stand beside the key
   */
  public record Row(Bytes key, ByteBuffer slot) {}

  /** The rows of a group; none in the place of one or more groups that can't be read. */
  public record Group(List<Row> rows) {
    static final Group DAMAGED = new Group(List.of());
  }

  /** Returns the next group; null at the end. */
  @Nullable
  public Group next() {
    try {
      if (page != null && group < page.groups()) {
        return read(page);
      }
      page = null;
      if (++number == table.pages()) {
        return null;
      }
      group = 0;
      page = table.page(number);
      return read(page);
    } catch (DamageException _) {
      return Group.DAMAGED;
    }
  }

  private Group read(TablePage from) {
    TableGroup next = from.group(group++);
    var rows = new ArrayList<Row>();
    while (next.next()) {
      rows.add(new Row(next.key(), next.value()));
    }
    return new Group(rows);
  }
}
