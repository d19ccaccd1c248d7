package rondo.metadata.engine.checkpoint;

import java.nio.ByteBuffer;
import rondo.metadata.engine.block.BlockFile;
import rondo.metadata.engine.block.BlockSums;
import rondo.ring.value.Bytes;

/**
 * A blocked Bloom filter of a checkpoint's keys: after Bloom, "Space/time trade-offs in hash
 * coding" (1970), with one hash split in two as Kirsch and Mitzenmacher showed to suffice (2006),
 * and all probes of a key in one block, so that a look-up reads at most one block (Putze, Sanders
 * and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007). Ten bits and seven probes
 * for each key let one in a hundred absent keys through.
 */
final class KeyFilter {
  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 7;
  private static final int BLOCK_BITS = BlockSums.BLOCK_BYTES * 8;
  private static final long ODD = 0x9e3779b97f4a7c15L; // 2^64 over the golden ratio

  private final BlockFile blocks;

  KeyFilter(BlockFile blocks) {
    this.blocks = blocks;
  }

  /** Whether the checkpoint may hold {@code key}; false for 99 of 100 keys that it doesn't hold. */
  boolean mayHold(Bytes key) {
    long hash = hash(key);
    byte[] block = blocks.block(block(hash, blocks.part().blocks()));
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(hash, probe);
      if ((block[bit >>> 3] & (1 << (bit & 7))) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Encodes the filter of the keys with the first {@code count} of {@code hashes}. */
  static ByteBuffer encode(long[] hashes, int count) {
    int blocks = (int) ((long) count * BITS_PER_KEY / BLOCK_BITS) + 1;
    var bytes = new byte[blocks * BlockSums.BLOCK_BYTES];
    for (int i = 0; i < count; i++) {
      int start = block(hashes[i], blocks) * BlockSums.BLOCK_BYTES;
      for (int probe = 0; probe < PROBES; probe++) {
        int bit = bit(hashes[i], probe);
        bytes[start + (bit >>> 3)] |= (byte) (1 << (bit & 7));
      }
    }
    return ByteBuffer.wrap(bytes);
  }

  /** Returns the block of a hash, chosen by the hash's upper half. */
  private static int block(long hash, int blocks) {
    return (int) (((hash >>> 32) * blocks) >>> 32);
  }

  private static int bit(long hash, int probe) {
    long mixed = mix(hash);
    long step = (mixed >>> 32) | 1;
    return (int) (((mixed & 0xffff_ffffL) + probe * step) & (BLOCK_BITS - 1));
  }

  static long hash(Bytes key) {
    long hash = key.length() * ODD;
    var buffer = ByteBuffer.wrap(key.array());
    while (buffer.remaining() >= Long.BYTES) {
      hash = mix(hash ^ buffer.getLong());
    }
    long tail = 0;
    while (buffer.hasRemaining()) {
      tail = (tail << 8) | (buffer.get() & 0xff);
    }
    return mix(hash ^ tail);
  }

  /** Mixes a hash: every bit of the input changes half of the bits of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * ODD;
    mixed = (mixed ^ (mixed >>> 29)) * ODD;
    return mixed ^ (mixed >>> 32);
  }
}
