package rondo.storage.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;

/** Counts a node's rows of a shard, page by page. For one thread. */
public final class ShardCounter {
  private static final int PAGE = 1000;
  private static final int MOST_SAMPLES = 1024;

  private final Engine engine;
  private final Bytes shard;
  private final @Nullable Bytes end;
  private final Runnable pause;
  private List<Bytes> samples = new ArrayList<>();
  private long stride = 1;
  private long rows;
  private long tombstones;
  private long objects;

  /**
   * @param end the first key behind the shard's; null for none
   * @param pause runs between two pages
   */
  public ShardCounter(Engine engine, Bytes shard, @Nullable Bytes end, Runnable pause) {
    this.engine = engine;
    this.shard = shard;
    this.end = end;
    this.pause = pause;
  }

  /** Counts all rows of the shard. */
  public ShardCount count() {
    for (int table : Tables.FENCED) {
      Bytes next = RowKey.encode(table, shard, Bytes.EMPTY);
      while (next != null) {
        next = page(table, next);
        pause.run();
      }
    }
    return new ShardCount(rows, tombstones, samples);
  }

  /** Counts a page, and returns where the next one starts; null at the end. */
  private @Nullable Bytes page(int table, Bytes from) {
    Bytes to =
        end == null
            ? RowKey.after(RowKey.encode(table, shard, Bytes.EMPTY))
            : RowKey.encode(table, shard, end);
    try (Cursor cursor = engine.cursor(from, to)) {
      for (int i = 0; i < PAGE; i++) {
        Engine.Entry entry = cursor.next();
        if (entry == null) {
          return null;
        }
        count(table, entry);
        from = Bytes.concat(entry.key(), Bytes.wrap(new byte[1]));
      }
      return from;
    }
  }

  private void count(int table, Engine.Entry entry) {
    if (!RowRegisters.decode(entry).current().isPresent()) {
      tombstones++;
    } else if (table == Tables.OBJECTS || table == Tables.VERSIONS) {
      rows++;
      sample(table, entry.key());
    }
  }

  private void sample(int table, Bytes key) {
    if (table != Tables.OBJECTS || objects++ % stride != 0) {
      return;
    }
    samples.add(RowKey.sort(key, shard.length()));
    if (samples.size() > MOST_SAMPLES) {
      var fewer = new ArrayList<Bytes>();
      for (int i = 0; i < samples.size(); i += 2) {
        fewer.add(samples.get(i));
      }
      samples = fewer;
      stride *= 2;
    }
  }
}
