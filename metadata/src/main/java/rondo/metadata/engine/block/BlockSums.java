package rondo.metadata.engine.block;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Computes the CRC32C checksums of a file's blocks while the file is written from start to end. For
 * one thread.
 */
public final class BlockSums {
  /**
   * The size of a block, 16 KiB: a read brings a few groups of rows, and a flipped bit makes little
   * unreadable.
   */
  public static final int BLOCK_BYTES = 1 << 14;

  private final CRC32C crc = new CRC32C();
  private int[] sums = new int[16];
  private int count;
  private int inBlock;

  /** Adds the next bytes of the file; the buffer's position stays. */
  public void add(ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      int length = Math.min(rest.remaining(), BLOCK_BYTES - inBlock);
      crc.update(rest.slice(rest.position(), length));
      rest.position(rest.position() + length);
      inBlock += length;
      if (inBlock == BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    if (count == sums.length) {
      sums = Arrays.copyOf(sums, 2 * count);
    }
    sums[count++] = (int) crc.getValue();
    crc.reset();
    inBlock = 0;
  }

  /** Returns the checksums of all blocks, of which the last may be short. */
  public int[] finish() {
    if (inBlock > 0) {
      endBlock();
    }
    return Arrays.copyOf(sums, count);
  }

  /** Returns the checksums of the blocks of {@code bytes}. */
  public static int[] of(ByteBuffer bytes) {
    var sums = new BlockSums();
    sums.add(bytes);
    return sums.finish();
  }
}
