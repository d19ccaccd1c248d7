package rondo.metadata.engine.table;

import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.block.BlockFile;
import rondo.ring.value.Bytes;

/**
 * Finds the page of a table that a key is in: a B+ tree of {@link IndexBlock}s, the root last, as
 * {@link IndexWriter} writes it. Thread-safe.
 */
public record PageIndex(BlockFile blocks) {
  /**
   * Returns the page that has {@code key} if any has. The first greater key is in it or begins the
   * next page.
   *
   * @throws DamageException when a block of the index is damaged
   */
  int page(Bytes key) {
    int number = blocks.part().blocks() - 1;
    IndexBlock block = new IndexBlock(blocks.block(number));
    while (block.level() > 0) {
      number = block.child(key);
      block = new IndexBlock(blocks.block(number));
    }
    return block.child(key);
  }
}
