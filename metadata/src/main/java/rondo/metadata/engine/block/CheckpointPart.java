package rondo.metadata.engine.block;

import java.nio.ByteBuffer;

/** The length that a checkpoint's file must have, and the checksums of its blocks. */
public final class CheckpointPart {
  private final long bytes;
  private final int[] sums;

  public CheckpointPart(long bytes, int[] sums) {
    this.bytes = bytes;
    this.sums = sums;
  }

  /** Returns the file's length in bytes. */
  public long bytes() {
    return bytes;
  }

  public int blocks() {
    return sums.length;
  }

  /** Returns the length of a block; only the last one may be short. */
  public int blockBytes(int number) {
    return (int) Math.min(BlockSums.BLOCK_BYTES, bytes - (long) number * BlockSums.BLOCK_BYTES);
  }

  /** Whether a block has the right checksum. */
  public boolean isWhole(int number, byte[] block) {
    return CheckpointFiles.crc(ByteBuffer.wrap(block)) == sums[number];
  }

  /** Returns how many bytes {@link #write} writes. */
  public int encodedBytes() {
    return Long.BYTES + Integer.BYTES + sums.length * Integer.BYTES;
  }

  public void write(ByteBuffer to) {
    to.putLong(bytes).putInt(sums.length);
    for (int sum : sums) {
      to.putInt(sum);
    }
  }

  public static CheckpointPart read(ByteBuffer from) {
    long bytes = from.getLong();
    var sums = new int[from.getInt()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = from.getInt();
    }
    return new CheckpointPart(bytes, sums);
  }
}
