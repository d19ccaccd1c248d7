package rondo.gateway.boot;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed, the newest first. Used by one thread at a time. */
final class Closings implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  void add(Runnable closing) {
    closings.push(closing);
  }

  /** Closes everything, once. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
