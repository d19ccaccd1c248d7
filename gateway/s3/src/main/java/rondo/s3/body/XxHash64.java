package rondo.s3.body;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 ("xxHash fast digest algorithm", version 0.1.1): four lanes of eight bytes
 * each, then the remaining bytes. Not thread-safe.
 */
final class XxHash64 implements RunningChecksum {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  /** PRIME_1 + PRIME_2 and -PRIME_1, modulo 2^64. */
  private static final long SUM_1_2 = 0x60EA27EEADC0B5D6L;

  private static final long MINUS_1 = 0x61C8864E7A143579L;
  private static final int STRIPE = 32;

  private final long[] lanes = {SUM_1_2, PRIME_2, 0, MINUS_1};
  private final ByteBuffer rest = ByteBuffer.allocate(STRIPE).order(ByteOrder.LITTLE_ENDIAN);
  private long sizeBytes;

  @Override
  public void update(ByteBuffer data) {
    sizeBytes += data.remaining();
    ByteBuffer input = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    data.position(data.limit());
    while (rest.position() > 0 && rest.hasRemaining() && input.hasRemaining()) {
      rest.put(input.get());
    }
    if (!rest.hasRemaining()) {
      stripe(rest.flip());
      rest.clear();
    }
    while (input.remaining() >= STRIPE) {
      stripe(input);
    }
    rest.put(input);
  }

  private void stripe(ByteBuffer from) {
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = round(lanes[i], from.getLong());
    }
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  @Override
  public byte[] value() {
    long hash = sizeBytes + (sizeBytes < STRIPE ? PRIME_5 : merged());
    rest.flip();
    while (rest.remaining() >= Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, rest.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (rest.remaining() >= Integer.BYTES) {
      long input = Integer.toUnsignedLong(rest.getInt());
      hash = Long.rotateLeft(hash ^ input * PRIME_1, 23) * PRIME_2 + PRIME_3;
    }
    while (rest.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (rest.get() & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    return PartChecksums.bytes(avalanche(hash), Long.BYTES);
  }

  private long merged() {
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  static long avalanche(long hash) {
    long h = (hash ^ hash >>> 33) * PRIME_2;
    h = (h ^ h >>> 29) * PRIME_3;
    return h ^ h >>> 32;
  }
}
