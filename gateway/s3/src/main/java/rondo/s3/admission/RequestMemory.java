package rondo.s3.admission;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The part of the {@link MemoryBudget} that one request holds, until it is closed. One thread
 * draws, charges and waits for the client; any thread may close it or cut it.
 */
public final class RequestMemory implements AutoCloseable {
  /** A request's head, thread and small body, or one small answer. */
  public static final long BASE_BYTES = 64 * 1024;

  /** Stands for the wait of a request that was cut. */
  private enum Ended implements Runnable {
    CUT;

    @Override
    public void run() {
      // The wait has ended already.
    }
  }

  private final MemoryBudget budget;
  private final AtomicLong heldBytes = new AtomicLong();

  /** Ends the wait for the client; null while there is none, {@link Ended#CUT} once it was cut. */
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

  private volatile ClientUse client;
  private volatile long waitingSinceNanos;
  private volatile boolean left;

  RequestMemory(MemoryBudget budget, ClientUse client) {
    this.budget = budget;
    this.client = client;
  }

  /**
   * Draws more memory, and waits for it while others hold too much.
   *
   * @return false when there was none in time, or the client holds more than its share
   */
  public boolean draw(long bytes) {
    return budget.await(this, bytes);
  }

  /** Draws memory that the request can do without, if there is plenty. Never waits. */
  public boolean drawExtra(long bytes) {
    return budget.tryExtra(this, bytes);
  }

  /**
   * Charges the request to another client from now on, and waits while that client holds more than
   * its share.
   *
   * @return false when it still did in the end
   */
  public boolean charge(String name) {
    return budget.move(this, name);
  }

  /**
   * The request waits for its client from now on, until {@link #goesOn}.
   *
   * @param cut ends the wait, on another thread, when the memory is needed by others
   */
  public void waitsForClient(Runnable cut) {
    waitingSinceNanos = System.nanoTime();
    if (!waiting.compareAndSet(null, cut)) {
      cut.run();
    }
  }

  /** The client took or sent something. */
  public void goesOn() {
    Runnable waited = waiting.get();
    if (!Ended.CUT.equals(waited)) {
      waiting.compareAndSet(waited, null);
    }
  }

  /** Whether the request was chosen to make room for others. */
  public boolean isCut() {
    return Ended.CUT.equals(waiting.get());
  }

  /** Cuts a request that waits for its client; false for any other. */
  boolean cut() {
    Runnable way = waiting.get();
    if (way == null || Ended.CUT.equals(way) || !waiting.compareAndSet(way, Ended.CUT)) {
      return false;
    }
    way.run();
    return true;
  }

  /** The time that the request has waited for its client; 0 when it doesn't wait for it. */
  long waitedNanos(long now) {
    return waiting.get() == null ? 0 : now - waitingSinceNanos;
  }

  ClientUse client() {
    return client;
  }

  void client(ClientUse other) {
    client = other;
  }

  long heldBytes() {
    return heldBytes.get();
  }

  void add(long bytes) {
    heldBytes.addAndGet(bytes);
  }

  /** The client's connection has closed, so that the request needn't wait for memory. */
  public void clientLeft() {
    left = true;
    budget.abandon(this);
  }

  boolean hasLeft() {
    return left;
  }

  /** Gives back all that the request holds. Closing again does nothing. */
  @Override
  public void close() {
    budget.end(this, heldBytes.getAndSet(0));
  }
}
