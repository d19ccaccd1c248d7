package rondo.ring.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Virtual time and virtual threads that run one at a time, handed on in the order of (time,
 * sequence): the same seed gives the same run. All but {@link #run} is called from within it.
 */
public final class Simulation implements Tasks {
  public static final long MILLIS = 1_000_000L;

  /** Thrown into a thread that dies here; only the code that started the thread catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private record Event(long at, long sequence, Runnable action) {}

  /** One virtual thread. */
  private static final class Fiber {
    final Semaphore wake = new Semaphore(0);
    long turn;
    boolean ended;
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
  private final Random random;
  private final Semaphore driver = new Semaphore(0);
  private final List<Fiber> fibers = new ArrayList<>();
  private final boolean tracing;
  private @Nullable Fiber current;
  private @Nullable Throwable failure;
  private boolean over;
  private long now;
  private long sequence;

  public Simulation(long seed, boolean tracing) {
    this.random = new Random(seed);
    this.tracing = tracing;
  }

  public Random random() {
    return random;
  }

  public Randomness randomness() {
    return new Randomness() {
      @Override
      public long nextLong() {
        return random.nextLong();
      }

      @Override
      public int nextInt(int bound) {
        return random.nextInt(bound);
      }
    };
  }

  public long nanos() {
    return now;
  }

  /** A clock that is right. */
  public Time time() {
    return new Time() {
      @Override
      public long wallMicros() {
        return 1_000_000_000 + now / 1000;
      }

      @Override
      public long nanos() {
        return now;
      }
    };
  }

  public void at(long delayNanos, Runnable action) {
    long due = delayNanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(0, delayNanos);
    events.add(new Event(due, sequence++, action));
  }

  boolean isOver() {
    return over;
  }

  /** Waits, on a simulated thread. */
  public void pause(long nanos) {
    this.<Object>mailbox().take(now + nanos);
  }

  public void trace(String text) {
    if (tracing) {
      System.out.printf("%10.3f %s%n", now / 1e6, text);
    }
  }

  /** Runs until {@code done}, at most so long; then everything that still runs is killed. */
  public void run(BooleanSupplier done, long mostNanos) {
    runUntil(done, mostNanos);
    over = true;
    fibers.stream().filter(fiber -> !fiber.ended).forEach(this::resume);
    failIfAnythingFailed();
  }

  /** Runs until {@code done}, at most so long, and can go on afterwards. */
  public void runUntil(BooleanSupplier done, long mostNanos) {
    while (!done.getAsBoolean() && failure == null && !events.isEmpty() && now <= mostNanos) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    failIfAnythingFailed();
  }

  private void failIfAnythingFailed() {
    if (failure != null) {
      throw new AssertionError("a simulated thread failed", failure);
    }
  }

  @Override
  public void start(String name, Runnable body) {
    var fiber = new Fiber();
    fibers.add(fiber);
    Thread.ofVirtual().name(name).start(() -> live(fiber, body));
    at(0, () -> resume(fiber));
  }

  @Override
  public <T> Mailbox<T> mailbox() {
    return new SimulatedMailbox<>();
  }

  private void live(Fiber fiber, Runnable body) {
    fiber.wake.acquireUninterruptibly();
    try {
      if (!over) {
        body.run();
      }
    } catch (Killed _) {
      trace("killed: " + Thread.currentThread().getName());
    } catch (Throwable thrown) {
      failure = failure == null ? thrown : failure;
    } finally {
      fiber.ended = true;
      driver.release();
    }
  }

  private void resume(Fiber fiber) {
    if (fiber.ended) {
      return;
    }
    current = fiber;
    fiber.wake.release();
    awaitBaton();
    current = null;
  }

  /** A thread that never waits and never ends would hang the build instead of failing it. */
  private void awaitBaton() {
    boolean back = false;
    try {
      back = driver.tryAcquire(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!back) {
      throw new AssertionError("a simulated thread does not come back");
    }
  }

  private void resume(Fiber fiber, long turn) {
    if (fiber.turn == turn) {
      resume(fiber);
    }
  }

  private final class SimulatedMailbox<T> implements Mailbox<T> {
    private final Queue<T> items = new ArrayDeque<>();
    private @Nullable Fiber waiting;

    @Override
    public void put(T item) {
      items.add(item);
      if (waiting != null) {
        Fiber fiber = waiting;
        long turn = fiber.turn;
        waiting = null;
        at(0, () -> resume(fiber, turn));
      }
    }

    @Override
    public @Nullable T take(long deadlineNanos) {
      if (over) {
        throw new Killed();
      }
      Fiber self = current;
      if (!items.isEmpty() || deadlineNanos <= now || self == null) {
        return items.poll();
      }
      long turn = self.turn;
      waiting = self;
      at(deadlineNanos - now, () -> resume(self, turn));
      driver.release();
      self.wake.acquireUninterruptibly();
      self.turn++;
      waiting = null;
      if (over) {
        throw new Killed();
      }
      return items.poll();
    }
  }
}
