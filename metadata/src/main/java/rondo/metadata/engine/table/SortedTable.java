package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.block.BlockFile;
import rondo.metadata.engine.block.BlockSums;
import rondo.ring.value.Bytes;

/**
 * A finished table, read by verified blocks. MapDB writes tables but doesn't read them: its reader
 * can't be told in which page to look, and keeps the first key of every page in memory.
 * Thread-safe.
 */
public final class SortedTable {
  private final BlockFile blocks;
  private final int pageBytes;
  private final @Nullable PageIndex index;
  private final Runnable whenIndexDamaged;

  /** The first keys of pages that a search without an index has looked at. */
  private final Map<Integer, Bytes> firsts = new ConcurrentHashMap<>();

  /**
   * @param index null when an older version wrote the table
   */
  public SortedTable(
      BlockFile blocks, int pageBytes, @Nullable PageIndex index, Runnable whenIndexDamaged) {
    this.blocks = blocks;
    this.pageBytes = pageBytes;
    this.index = index;
    this.whenIndexDamaged = whenIndexDamaged;
  }

  public String name() {
    return blocks.name();
  }

  int pages() {
    return (int) ((blocks.part().bytes() + pageBytes - 1) / pageBytes);
  }

  /**
   * @throws DamageException when the page's first block is damaged
   */
  TablePage page(int number) {
    long start = (long) number * pageBytes;
    return new TablePage(
        number,
        blocks.block((int) (start / BlockSums.BLOCK_BYTES)),
        (offset, length) -> blocks.bytes(start + offset, length));
  }

  /** Returns the bytes that stand beside {@code key}; null when it isn't in the table. */
  @Nullable
  public ByteBuffer get(Bytes key) {
    TablePage page = page(find(key));
    int number = page.find(key);
    if (number < 0) {
      return null;
    }
    TableGroup group = page.group(number);
    while (group.next()) {
      int order = group.compareTo(key);
      if (order >= 0) {
        return order == 0 ? group.value() : null;
      }
    }
    return null;
  }

  /**
   * Returns the page that has {@code key} if any has; searches without the index when that is
   * damaged.
   */
  int find(Bytes key) {
    if (index != null) {
      try {
        return index.page(key);
      } catch (DamageException _) {
        whenIndexDamaged.run();
      }
    }
    return search(key);
  }

  private int search(Bytes key) {
    int low = 1;
    int high = pages();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (first(middle).compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private Bytes first(int page) {
    Bytes known = firsts.get(page);
    if (known == null) {
      known = page(page).first();
      firsts.put(page, known);
    }
    return known;
  }
}
