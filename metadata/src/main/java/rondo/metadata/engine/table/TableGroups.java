package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.ring.value.Bytes;

/**
 * The groups of rows of a table one by one, without a search, so that damage costs only the groups
 * that it touches. For one thread.
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
   * @param slot what stands beside the key
   */
  public record Row(Bytes key, ByteBuffer slot) {}

  /** The rows of a group, or none where that or more of them can't be read. */
  public record Group(List<Row> rows) {
    static final Group DAMAGED = new Group(List.of());
  }

  /** The next group; null at the end. */
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
