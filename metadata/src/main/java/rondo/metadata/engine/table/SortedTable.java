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
 * A finished table, read by verified blocks. MapDB writes it, but doesn't read it: it can't be told
 * where to look, searches through the file instead, and would read and keep the first key of every
 * page when it opens a table. Thread-safe.
 */
public final class SortedTable {
  private final BlockFile blocks;
  private final int pageBytes;
  private final @Nullable PageIndex index;
  private final Runnable whenIndexDamaged;

  /** Of pages that were looked at in a search without an index. */
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
   * @throws DamageException when its first block isn't what was written
   */
  TablePage page(int number) {
    long start = (long) number * pageBytes;
    return new TablePage(
        number,
        blocks.block((int) (start / BlockSums.BLOCK_BYTES)),
        (offset, length) -> blocks.bytes(start + offset, length));
  }

  /** What stands beside {@code key}; null when it isn't there. */
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

  /** The page that has {@code key} if any has. An index that is damaged keeps nobody from it. */
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
