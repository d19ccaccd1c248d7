package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import rondo.metadata.engine.block.BlockSums;
import rondo.ring.value.Bytes;

/**
 * A block of an index, a node of a B+ tree: sorted keys, each of which leads to a child for itself
 * and the keys up to the next one. The prefix that all of them share is stored once, so that a
 * search compares little, and a block leads to hundreds of pages. Integers are big-endian, ends
 * count from the block's start.
 *
 * <pre>
 *   index = block*                        the last one is the root
 *   block = level:2 count:2 child:4 prefixEnd:2 end:2* prefix (rest of a key)*      and then zeros
 * </pre>
 *
 * The key number i leads to {@code child + i}: on level 0 a page of the table, above a block of the
 * index.
 */
final class IndexBlock {
  private static final int HEAD_BYTES = 10;
  private static final int COUNT = 2;
  private static final int CHILD = 4;
  private static final int PREFIX_END = 8;

  private final byte[] block;
  private final ByteBuffer bytes;

  IndexBlock(byte[] block) {
    this.block = block;
    this.bytes = ByteBuffer.wrap(block);
  }

  /** Returns the size of a block with so many keys. */
  static int bytes(int count, int keyBytes, int prefixBytes) {
    return HEAD_BYTES + count * (Short.BYTES - prefixBytes) + keyBytes + prefixBytes;
  }

  /** Returns the length of the longest common prefix. */
  static int shared(Bytes first, Bytes second) {
    int different = Arrays.mismatch(first.array(), second.array());
    return different < 0 ? first.length() : different;
  }

  /**
   * @param keys sorted, and no more than fit
   */
  static ByteBuffer encode(int level, int child, List<Bytes> keys) {
    var block = ByteBuffer.allocate(BlockSums.BLOCK_BYTES);
    int prefix = shared(keys.getFirst(), keys.getLast());
    int end = HEAD_BYTES + keys.size() * Short.BYTES + prefix;
    block.putShort((short) level).putShort((short) keys.size()).putInt(child).putShort((short) end);
    for (Bytes key : keys) {
      end += key.length() - prefix;
      block.putShort((short) end);
    }
    block.put(keys.getFirst().array(), 0, prefix);
    for (Bytes key : keys) {
      block.put(key.array(), prefix, key.length() - prefix);
    }
    return block.rewind();
  }

  int level() {
    return bytes.getShort(0);
  }

  /** Returns the child that has {@code key} if any has. */
  int child(Bytes key) {
    int from = HEAD_BYTES + count() * Short.BYTES;
    int end = unsigned(PREFIX_END);
    int prefix = end - from;
    int order =
        Arrays.compareUnsigned(key.array(), 0, Math.min(prefix, key.length()), block, from, end);
    int behind = order == 0 ? behind(key, prefix) : order < 0 ? 0 : count();
    // Keys before the first one lead to its child too.
    return bytes.getInt(CHILD) + Math.max(0, behind - 1);
  }

  /** Returns how many keys are not greater than {@code key}, which begins with the prefix. */
  private int behind(Bytes key, int prefix) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      // The end of the prefix is stored right before the keys' ends, as if it were the end of a
      // key.
      int from = unsigned(PREFIX_END + middle * Short.BYTES);
      int end = unsigned(PREFIX_END + (middle + 1) * Short.BYTES);
      int order = Arrays.compareUnsigned(block, from, end, key.array(), prefix, key.length());
      if (order <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int count() {
    return unsigned(COUNT);
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
