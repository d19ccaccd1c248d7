package rondo.metadata.engine.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.block.BlockSums;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.ring.value.Bytes;

/**
 * Writes the index of a table while its pages arrive: a B+ tree, built from the leaves up, since
 * pages arrive in order. Each key in it is as short as tells two pages apart (Bayer and Unterauer,
 * "Prefix B-trees", 1977). For one thread.
 */
public final class IndexWriter implements Closeable {
  private final DiskFile file;
  private final BlockSums sums = new BlockSums();

  /** The keys of the next block. */
  private final List<Bytes> keys = new ArrayList<>();

  private int keyBytes;
  private int child;

  /** The first keys of the blocks of this level. */
  private List<Bytes> firsts = new ArrayList<>();

  private int level;
  private int blocks;
  private @Nullable Bytes lastOfPage;

  public IndexWriter(DiskFile file) {
    this.file = file;
  }

  /**
   * Adds the next page.
   *
   * @param first the page's least key
   * @param last the page's greatest key
   */
  public void page(Bytes first, Bytes last) throws IOException {
    add(lastOfPage == null ? first : between(lastOfPage, first));
    lastOfPage = last;
  }

  /**
   * Returns the shortest key that is greater than {@code before} and not greater than {@code key}.
   */
  private static Bytes between(Bytes before, Bytes key) {
    return key.slice(0, IndexBlock.shared(before, key) + 1);
  }

  private void add(Bytes key) throws IOException {
    if (!fits(key)) {
      endBlock();
    }
    keys.add(key);
    keyBytes += key.length();
  }

  private boolean fits(Bytes key) {
    int prefix = keys.isEmpty() ? 0 : IndexBlock.shared(keys.getFirst(), key);
    int bytes = IndexBlock.bytes(keys.size() + 1, keyBytes + key.length(), prefix);
    return bytes <= BlockSums.BLOCK_BYTES;
  }

  private void endBlock() throws IOException {
    var block = IndexBlock.encode(level, child, keys);
    sums.add(block);
    file.write(block, (long) blocks * BlockSums.BLOCK_BYTES);
    firsts.add(keys.getFirst());
    child += keys.size();
    keys.clear();
    keyBytes = 0;
    blocks++;
  }

  /** Returns once the whole index is on stable storage. At least one page was added. */
  public CheckpointPart finish() throws IOException {
    endBlock();
    while (firsts.size() > 1) {
      List<Bytes> below = firsts;
      firsts = new ArrayList<>();
      child = blocks - below.size();
      level++;
      for (Bytes first : below) {
        add(first);
      }
      endBlock();
    }
    file.sync();
    return new CheckpointPart((long) blocks * BlockSums.BLOCK_BYTES, sums.finish());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
