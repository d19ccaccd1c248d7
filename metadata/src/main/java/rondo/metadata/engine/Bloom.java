package rondo.metadata.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import rondo.ring.register.Bytes;

/**
 * Remembers which keys a checkpoint may hold: after Bloom, "Space/time trade-offs in hash coding"
 * (1970), with one hash split in two as Kirsch and Mitzenmacher showed to suffice (2006). Ten bits
 * and seven probes for each key let one in a hundred absent keys through.
 */
final class Bloom {
  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 7;
  private static final long ODD = 0x9e3779b97f4a7c15L; // 2^64 over the golden ratio

  private final long[] words;

  private Bloom(long[] words) {
    this.words = words;
  }

  static Bloom forKeys(long keys) {
    return new Bloom(new long[Math.toIntExact(keys * BITS_PER_KEY / Long.SIZE + 1)]);
  }

  static Bloom read(ByteBuffer from) {
    var words = new long[from.getInt()];
    from.asLongBuffer().get(words);
    from.position(from.position() + words.length * Long.BYTES);
    return new Bloom(words);
  }

  int encodedBytes() {
    return Integer.BYTES + words.length * Long.BYTES;
  }

  void write(ByteBuffer to) {
    to.putInt(words.length);
    Arrays.stream(words).forEach(to::putLong);
  }

  void add(Bytes key) {
    long hash = hash(key);
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  boolean mayHold(Bytes key) {
    long hash = hash(key);
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = bit(hash, probe);
      if ((words[(int) (bit >>> 6)] & (1L << bit)) == 0) {
        return false;
      }
    }
    return true;
  }

  private long bit(long hash, int probe) {
    long first = hash >>> 32;
    long step = (hash & 0xffff_ffffL) | 1;
    return Long.remainderUnsigned(mix(first + probe * step), (long) words.length * Long.SIZE);
  }

  private static long hash(Bytes key) {
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

  /** Lets every bit of the input change half of the bits of the output. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * ODD;
    mixed = (mixed ^ (mixed >>> 29)) * ODD;
    return mixed ^ (mixed >>> 32);
  }
}
