package rondo.gateway.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import rondo.ring.port.Randomness;
import rondo.ring.register.Bytes;

/** Ids of 16 random bytes, of which no two are ever the same. Thread-safe. */
public final class RandomIds {
  public static final int BYTES = 16;

  private final Randomness chance;

  public RandomIds(Randomness chance) {
    this.chance = chance;
  }

  public Bytes next() {
    return Bytes.wrap(
        ByteBuffer.allocate(BYTES).putLong(chance.nextLong()).putLong(chance.nextLong()).array());
  }

  /** The same in hex. */
  public String nextText() {
    return HexFormat.of().formatHex(next().array());
  }
}
