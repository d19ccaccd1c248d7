package rondo.metadata.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapdb.DataInput2;
import rondo.ring.register.Bytes;

/**
 * The groups of rows of a table one by one, without a search, so that damage costs only the groups
 * that it touches. MapDB lays a table out like this; integers are big-endian, offsets count from
 * the start of their page. For one thread.
 *
 * <pre>
 *   table = page*                                  the first page begins with 64 bytes of its own
 *   page  = groups:4 keys:4* values:4* end:4       the offsets of what follows, and its end
 *           (count:packed key*)* (value*)*         for each group
 * </pre>
 */
final class TableGroups {
  private static final int HEAD_BYTES = 64;

  private final TableReader table;
  private final long pageBytes;
  private final long pages;
  private long page = -1;
  private int groups;
  private int group;

  TableGroups(TableReader table, long pageBytes) {
    this.table = table;
    this.pageBytes = pageBytes;
    this.pages = (table.length() + pageBytes - 1) / pageBytes;
  }

  /** The rows of a group, or none where that or more of them can't be read. */
  record Group(List<Map.Entry<Bytes, Bytes>> rows) {
    static final Group DAMAGED = new Group(List.of());
  }

  /** The next group; null at the end. */
  @Nullable Group next() {
    try {
      if (group >= groups) {
        return ++page < pages ? begin() : null;
      }
      return read(group++);
    } catch (DamageException _) {
      return Group.DAMAGED;
    }
  }

  private Group begin() {
    group = 0;
    groups = 0;
    groups = table.getInt(head());
    return read(group++);
  }

  private long head() {
    return page * pageBytes + (page == 0 ? HEAD_BYTES : 0);
  }

  private long offset(int number) {
    return page * pageBytes + table.getInt(head() + Integer.BYTES + (long) number * Integer.BYTES);
  }

  private Group read(int number) {
    long keysAt = offset(number);
    long valuesAt = offset(groups + number);
    DataInput2 keys = table.getDataInput(keysAt, (int) (offset(number + 1) - keysAt));
    try {
      int count = keys.unpackInt();
      DataInput2 values =
          table.getDataInput(valuesAt, (int) (offset(groups + number + 1) - valuesAt));
      var rows = new ArrayList<Map.Entry<Bytes, Bytes>>();
      for (int i = 0; i < count; i++) {
        rows.add(
            Map.entry(
                BytesSerializer.INSTANCE.deserialize(keys, -1),
                BytesSerializer.INSTANCE.deserialize(values, -1)));
      }
      return new Group(rows);
    } catch (IOException e) {
      throw new DamageException("a group of rows can't be read", e);
    }
  }
}
