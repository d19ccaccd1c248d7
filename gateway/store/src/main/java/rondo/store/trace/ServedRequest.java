package rondo.store.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client on whose behalf a thread works. Its id goes with the messages to other
 * nodes without a byte more: a message's own id, which only its sender reads again, begins with it.
 * Thread-safe.
 *
 * <pre>
 * request's id = prefix(52 bits) check(12 bits)     check is made of the prefix
 * message's id = prefix(52 bits) number(12 bits)    number of the message in its request
 *              | number below 2^48                  of no request
 * </pre>
 *
 * No two requests of a process have one prefix, and no two messages of a request one number, so
 * that no two messages of a process have one id. Older nodes number from 1 and send back any id.
 */
public final class ServedRequest {
  private static final int CHECK_BITS = 12;
  private static final int MOST = 1 << CHECK_BITS;
  private static final long PREFIXES = 1L << (Long.SIZE - CHECK_BITS);

  /** Message ids from here on have a prefix. */
  private static final long TRACED = 1L << 48;

  /** Odd, so that each prefix comes once before any comes again. */
  private static final long STEP = 0x9E3779B97F4A7L | 1;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final AtomicLong NEXT = new AtomicLong(ThreadLocalRandom.current().nextLong());
  private static final ScopedValue<ServedRequest> CURRENT = ScopedValue.newInstance();

  private final long prefix;
  private final AtomicInteger messages = new AtomicInteger();

  private final @Nullable RequestParts parts;

  private ServedRequest(long prefix, @Nullable RequestParts parts) {
    this.prefix = prefix;
    this.parts = parts;
  }

  /** A request that has just arrived. */
  public static ServedRequest next() {
    return next(null);
  }

  /**
   * A request that has just arrived.
   *
   * @param parts collects where its time goes; null where that isn't wanted
   */
  public static ServedRequest next(@Nullable RequestParts parts) {
    long prefix = 0;
    while (prefix << CHECK_BITS >>> 48 == 0) {
      prefix = NEXT.addAndGet(STEP) & (PREFIXES - 1);
    }
    return new ServedRequest(prefix, parts);
  }

  /** The request's id, in 16 hex digits, as its answer and log lines have it. */
  public String id() {
    return id(prefix);
  }

  private static String id(long prefix) {
    long mixed = prefix * STEP;
    return HEX.toHexDigits(prefix << CHECK_BITS | mixed >>> (Long.SIZE - CHECK_BITS));
  }

  /** The id of the request that a message belongs to; empty when its sender names none. */
  public static String idOf(long messageId) {
    return Long.compareUnsigned(messageId, TRACED) < 0 ? "" : id(messageId >>> CHECK_BITS);
  }

  /** The id of a message that this thread sends for its request; 0 when it has no more of them. */
  public static long nextMessage() {
    ServedRequest trace = current();
    int number = trace == null ? MOST : trace.messages.getAndIncrement();
    return trace == null || number >= MOST || number < 0 ? 0 : trace.prefix << CHECK_BITS | number;
  }

  private static @Nullable ServedRequest current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /** Collects where the time of this thread's request goes; null where that isn't wanted. */
  static @Nullable RequestParts parts() {
    ServedRequest trace = current();
    return trace == null ? null : trace.parts;
  }

  /** Runs the work of this request. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /**
   * The name of a task that this thread starts: with the request's id at its end, if it has one.
   */
  public static String named(String task) {
    ServedRequest trace = current();
    return trace == null ? task : task + "-" + trace.id();
  }

  /** The work of a task that this thread starts, for the same request. */
  public static Runnable carrying(Runnable work) {
    ServedRequest trace = current();
    return trace == null ? work : () -> trace.run(work);
  }
}
