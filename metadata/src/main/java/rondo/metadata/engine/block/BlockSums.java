package rondo.metadata.engine.block;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The checksums, CRC32C, of a file's blocks while it is written from its start to its end. */
public final class BlockSums {
  /** A read brings a few groups of rows, and what one flipped bit makes unreadable stays small. */
  public static final int BLOCK_BYTES = 1 << 14;

  private final CRC32C crc = new CRC32C();
  private int[] sums = new int[16];
  private int count;
  private int inBlock;

  /** Goes on with {@code bytes}, which are left as they are. */
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

  /** Those of all blocks; the last one may be short. */
  public int[] finish() {
    if (inBlock > 0) {
      endBlock();
    }
    return Arrays.copyOf(sums, count);
  }

  public static int[] of(ByteBuffer bytes) {
    var sums = new BlockSums();
    sums.add(bytes);
    return sums.finish();
  }
}
