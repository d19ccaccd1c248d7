package rondo.metadata.engine.table;

import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.block.BlockFile;
import rondo.ring.value.Bytes;

/**
 * Says in which page of a table a key is: a tree of {@link IndexBlock}, the root last, as {@link
 * IndexWriter} made it. Thread-safe.
 */
public record PageIndex(BlockFile blocks) {
  /**
   * The page that has {@code key} if any has; the first greater key is in it or begins the next.
   *
   * @throws DamageException when it isn't what was written
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
