package rondo.metadata.engine;

import java.nio.ByteBuffer;

/** What a file of a checkpoint must be: its length and the checksums of its blocks. */
final class Part {
  private final long bytes;
  private final int[] sums;

  Part(long bytes, int[] sums) {
    this.bytes = bytes;
    this.sums = sums;
  }

  long bytes() {
    return bytes;
  }

  int blocks() {
    return sums.length;
  }

  int blockBytes(int number) {
    return (int) Math.min(BlockSums.BLOCK_BYTES, bytes - (long) number * BlockSums.BLOCK_BYTES);
  }

  boolean isWhole(int number, byte[] block) {
    return CheckpointFiles.crc(ByteBuffer.wrap(block)) == sums[number];
  }

  int encodedBytes() {
    return Long.BYTES + Integer.BYTES + sums.length * Integer.BYTES;
  }

  void write(ByteBuffer to) {
    to.putLong(bytes).putInt(sums.length);
    for (int sum : sums) {
      to.putInt(sum);
    }
  }

  static Part read(ByteBuffer from) {
    long bytes = from.getLong();
    var sums = new int[from.getInt()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = from.getInt();
    }
    return new Part(bytes, sums);
  }
}
