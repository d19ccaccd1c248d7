package rondo.server.process;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes the parts that were opened, the newest first. Used by one thread at a time. */
public final class ClosingStack implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** Adds a step, which runs before the steps that were added earlier. */
  public void add(Runnable closing) {
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
