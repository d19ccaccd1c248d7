package rondo.s3.logging;

/** Hears of each request that has ended. Thread-safe. */
@FunctionalInterface
public interface RequestObserver {
  /** Takes note of a request; called by its thread or an event loop, and returns at once. */
  void ended(EndedRequest request);
}
