package rondo.store.system;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.store.trace.ServedRequest;

/** The ports to the world outside the simulator: clocks, random numbers and virtual threads. */
public final class SystemPorts {
  private static final Logger LOG = LoggerFactory.getLogger(SystemPorts.class);

  /** The machine's clocks. */
  public static final Time TIME =
      new Time() {
        @Override
        public long wallMicros() {
          return ChronoUnit.MICROS.between(java.time.Instant.EPOCH, Clock.systemUTC().instant());
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /**
   * Random numbers. The longs come from the system's secure generator, since ids that must be
   * unique over many machines and restarts are made of them.
   */
  public static final Randomness CHANCE =
      new Randomness() {
        private final SecureRandom names = new SecureRandom();

        @Override
        public long nextLong() {
          return names.nextLong();
        }

        @Override
        public int nextInt(int bound) {
          return ThreadLocalRandom.current().nextInt(bound);
        }
      };

  /**
   * Starts a virtual thread per task; it works for the request of the thread that starts it. An
   * exception of a task is a defect, and is logged.
   */
  public static final Tasks TASKS =
      new Tasks() {
        @Override
        public void start(String name, Runnable body) {
          Thread.ofVirtual()
              .name(ServedRequest.named(name))
              .uncaughtExceptionHandler(SystemPorts::defect)
              .start(ServedRequest.carrying(body));
        }

        @Override
        public <T> Mailbox<T> mailbox() {
          return new QueueMailbox<>();
        }
      };

  private SystemPorts() {}

  private static void defect(Thread thread, Throwable thrown) {
    LOG.error("task {} died", thread.getName(), thrown);
  }

  private static final class QueueMailbox<T> implements Mailbox<T> {
    private final LinkedBlockingQueue<T> items = new LinkedBlockingQueue<>();

    @Override
    public void put(T item) {
      items.add(item);
    }

    @Override
    public @Nullable T take(long deadlineNanos) {
      try {
        return items.poll(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a task", e);
      }
    }
  }
}
