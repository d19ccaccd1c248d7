package rondo.store.row;

import java.security.SecureRandom;
import rondo.ring.value.Bytes;

/** Makes ids of 16 random bytes; in practice no two are equal. Thread-safe. */
public final class RandomIds {
  public static final int BYTES = 16;

  private final SecureRandom chance = new SecureRandom();

  /** A new id. */
  public Bytes next() {
    byte[] id = new byte[BYTES];
    chance.nextBytes(id);
    return Bytes.wrap(id);
  }
}
