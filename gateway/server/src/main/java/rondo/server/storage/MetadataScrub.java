package rondo.server.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.engine.Engine;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Scrubs a node's checkpoints of rows for bit rot, in the background and at a bounded rate. Readers
 * are refused damaged rows anyway, so that other replicas answer. The engine saves the readable
 * rows, and a rebuild from other replicas brings back the rest. Thread-safe.
 */
public final class MetadataScrub {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataScrub.class);

  /** Low, since rows are small compared to the data. */
  private static final long BYTES_PER_SECOND = 8 << 20;

  private static final Duration FIRST = Duration.ofMinutes(10);

  private final Engine engine;
  private final Tasks tasks;
  private final Time time;
  private final Duration period;
  private final Mailbox<Boolean> woken;
  private final LongAdder bytes = new LongAdder();
  private volatile boolean stopped;

  /** The passes that were requested or run. */
  private final AtomicInteger passes = new AtomicInteger();

  private volatile long endedNanos;
  private volatile String ended = "not yet";
  private volatile List<String> damaged = List.of();

  /**
   * @param period the time in which everything is read once
   */
  MetadataScrub(Engine engine, Tasks tasks, Time time, Duration period) {
    this.engine = engine;
    this.tasks = tasks;
    this.time = time;
    this.period = period;
    this.woken = tasks.mailbox();
    this.endedNanos = time.nanos();
  }

  void start() {
    tasks.start("metadata-scrub", this::run);
  }

  void stop() {
    stopped = true;
    woken.put(true);
  }

  /** Starts a pass now. */
  public void now() {
    passes.incrementAndGet();
    woken.put(true);
  }

  /**
   * How many seconds ago everything should have been verified at the latest; 0 when it was in time.
   * Time counts from the last pass since the start, or from the start.
   */
  public long overdueSeconds() {
    Duration late = Duration.ofNanos(time.nanos() - endedNanos).minus(period);
    return Math.max(0, late.minus(period.dividedBy(4)).minusMinutes(1).toSeconds());
  }

  /** Whether no pass runs or is about to. */
  boolean isIdle() {
    return passes.get() == 0;
  }

  private void run() {
    var asked = woken.take(time.nanos() + FIRST.toNanos());
    while (!stopped) {
      if (asked == null) {
        passes.incrementAndGet();
      }
      pass();
      passes.decrementAndGet();
      asked = woken.take(time.nanos() + period.dividedBy(2).toNanos());
    }
  }

  private void pass() {
    Engine.Verified verified = engine.verify(this::spend);
    if (!stopped) {
      ended = Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(time.wallMicros())).toString();
      endedNanos = time.nanos();
      damaged = verified.damaged();
      damaged.forEach(line -> LOG.warn("metadata: {}", line));
    }
  }

  private boolean spend(long read) {
    bytes.add(read);
    LockSupport.parkNanos(read * TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND);
    return !stopped;
  }

  /** The findings of the last pass, until all of them are repaired. */
  private List<String> damaged() {
    return engine.isWhole() ? List.of() : damaged;
  }

  /** Bytes that were read since the start. */
  public long bytesRead() {
    return bytes.sum();
  }

  /** How many files the last pass found damaged, until all of them are repaired. */
  public int damagedFiles() {
    return damaged().size();
  }

  /** The last pass, ready to become JSON. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("running", !isIdle());
    view.put("lastEnded", ended);
    view.put("found", damaged);
    view.put("damaged", damaged());
    return view;
  }
}
