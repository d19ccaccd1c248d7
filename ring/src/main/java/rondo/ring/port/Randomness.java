package rondo.ring.port;

/** Chance, injected so that a seed replays a run. Thread-safe. */
public interface Randomness {
  /** Uniform over all longs. */
  long nextLong();

  /** Uniform in [0, bound). */
  int nextInt(int bound);
}
