package rondo.metadata.engine;

import java.nio.ByteBuffer;
import org.mapdb.DataInput2;

/** A finished table as MapDB reads it: through verified blocks. Thread-safe. */
final class TableReader extends FlatVolume {
  private final Blocks blocks;
  private final long pageBytes;

  TableReader(Blocks blocks, long pageBytes) {
    this.blocks = blocks;
    this.pageBytes = pageBytes;
  }

  @Override
  public byte getByte(long offset) {
    return at(offset, Byte.BYTES).get();
  }

  @Override
  public int getInt(long offset) {
    // Integers of a table are aligned, so that none lies across two blocks.
    return at(offset, Integer.BYTES).getInt();
  }

  @Override
  public long getLong(long offset) {
    return at(offset, Long.BYTES).getLong();
  }

  private ByteBuffer at(long offset, int length) {
    byte[] block = blocks.block((int) (offset / BlockSums.BLOCK_BYTES));
    return ByteBuffer.wrap(block, (int) (offset % BlockSums.BLOCK_BYTES), length);
  }

  @Override
  public DataInput2 getDataInput(long offset, int size) {
    // Of the last group of a page MapDB computes no size that means something.
    long pageEnd = (offset / pageBytes + 1) * pageBytes;
    int length = (int) (size <= 0 || offset + size > pageEnd ? pageEnd - offset : size);
    int inBlock = (int) (offset % BlockSums.BLOCK_BYTES);
    return inBlock + length <= BlockSums.BLOCK_BYTES
        ? new DataInput2.ByteBuffer(at(offset, length), inBlock)
        : new DataInput2.ByteBuffer(ByteBuffer.wrap(blocks.bytes(offset, length)), 0);
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public long length() {
    return blocks.part().bytes();
  }
}
