package rondo.server.accesslog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Time;
import rondo.s3.logging.AccessRecorder;
import rondo.server.config.log.AccessLogSettings;

/**
 * The access log of a node: one thread writes what a bounded queue gives it. A line that finds the
 * queue full, or that can't be written, is lost and counted; requests never wait. Thread-safe.
 */
public final class AccessLogWriter implements AccessRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);

  /** Some 16 MiB of lines as they usually are; half a second of the most requests seen. */
  static final int MOST_LINES = 32 * 1024;

  private static final long MOST_BYTES = 32L << 20;
  private static final long LOOK_MILLIS = 200;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A loss is told for so long. */
  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final Duration STOP = Duration.ofSeconds(2);

  private final BlockingQueue<byte[]> queue;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final LineSink sink;
  private final Time time;
  private final LongAdder written = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread thread;
  private volatile long lostNanos;
  private volatile boolean hasLost;
  private volatile String failure = "";
  private volatile boolean closed;

  AccessLogWriter(LineSink sink, int mostLines, Time time) {
    this.queue = new ArrayBlockingQueue<>(mostLines);
    this.sink = sink;
    this.time = time;
    // A thread of the system: a disk that hangs must not hold one that requests need.
    this.thread = Thread.ofPlatform().name("access-log-file").daemon().unstarted(this::run);
  }

  /** Starts the log of these settings; null when none is wanted. */
  public static @Nullable AccessLogWriter start(AccessLogSettings settings, Time time) {
    String target = settings.target();
    if (target == null) {
      return null;
    }
    LineSink sink =
        target.equals("-")
            ? new StandardOutput()
            : new RotatingFile(Path.of(target), settings.mostBytes(), settings.files(), time);
    var log = new AccessLogWriter(sink, MOST_LINES, time);
    log.start();
    return log;
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void note(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (waitingBytes.addAndGet(bytes.length) > MOST_BYTES || !queue.offer(bytes)) {
      waitingBytes.addAndGet(-bytes.length);
      lose(1);
    }
  }

  private void lose(long lines) {
    lost.add(lines);
    lostNanos = time.nanos();
    if (!hasLost) {
      hasLost = true;
      LOG.warn("the access log loses lines: {}", why());
    }
  }

  private void run() {
    boolean flushed = true;
    while (!closed || !queue.isEmpty()) {
      byte[] line = flushed ? next() : queue.poll();
      if (line != null) {
        waitingBytes.addAndGet(-line.length);
        write(line);
        flushed = false;
      } else {
        flush();
        flushed = true;
      }
    }
    flush();
    sink.close();
  }

  private byte @Nullable [] next() {
    try {
      return queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
      return null;
    }
  }

  private void write(byte[] line) {
    try {
      sink.write(line);
      written.increment();
      failure = "";
    } catch (IOException e) {
      failed(e);
      lose(1);
    }
  }

  private void flush() {
    try {
      sink.flush();
    } catch (IOException e) {
      failed(e);
      lose(1);
    }
  }

  /** Waits a little, so that a full disk isn't asked for each line. */
  private void failed(IOException e) {
    failure = String.valueOf(e);
    sink.close();
    LockSupport.parkNanos(RETRY_NANOS);
  }

  /** Lines that were given to the operating system. */
  public long written() {
    return written.sum();
  }

  /** Lines that found no room, or couldn't be written. */
  public long lost() {
    return lost.sum();
  }

  /** What is wrong with the log, in a sentence; empty when it has lost nothing for ten minutes. */
  public String trouble() {
    if (!hasLost) {
      return "";
    }
    if (time.nanos() - lostNanos > TOLD_NANOS) {
      hasLost = false;
      return "";
    }
    return "The access log has lost %d lines since the start, the last within ten minutes: %s."
        .formatted(lost.sum(), why());
  }

  private String why() {
    String failed = failure;
    return failed.isEmpty()
        ? "its file or reader is slower than the requests"
        : "it can't be written (" + failed + ")";
  }

  /** Stops; waits at most two seconds for the lines that are in the queue. */
  public void close() {
    closed = true;
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        LOG.warn("the access log hangs: its last {} lines are lost", queue.size() + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
