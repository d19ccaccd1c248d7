package rondo.s3.logging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.s3.access.S3Store;
import rondo.store.row.Bucket;

/**
 * Collects log lines by bucket until this gateway delivers them. Delivery is best effort, as in S3:
 * a gateway that dies loses its undelivered lines, and a line that doesn't fit into its memory is
 * dropped. Thread-safe.
 */
public final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  /** Bytes of all waiting lines together, some 40,000 lines. */
  private static final int MOST_BYTES = 16 << 20;

  /** Bytes of one bucket's waiting lines; above it they are delivered before their time. */
  private static final int LARGEST_OBJECT = 4 << 20;

  private static final long LOOK_NANOS = 250_000_000L;

  private final S3Store store;
  private final LogDelivery delivery;
  private final String host;
  private final Duration age;
  private final Map<String, WaitingLines> waiting = new LinkedHashMap<>();
  private long waitingBytes;
  private volatile boolean closed;

  /** The waiting lines of one bucket, and the time of the first. */
  private record WaitingLines(Instant first, ByteArrayOutputStream bytes) {}

  private record ReadyLines(String bucket, WaitingLines lines) {}

  /**
   * @param host name of this node in answers
   * @param age a bucket's lines are delivered when the first of them is this old
   * @param compat whether a target bucket need not permit log delivery
   */
  public AccessLog(S3Store store, String host, Duration age, boolean compat) {
    this.store = store;
    this.delivery = new LogDelivery(store, compat);
    this.host = host;
    this.age = age;
  }

  /** Takes an entry if its bucket has logging on. Never waits for a delivery. */
  public void note(AccessEntry entry) {
    String name = entry.request().address().bucket();
    Bucket bucket = name == null ? null : store.buckets().leased(name);
    if (bucket != null && bucket.row().hasLogging()) {
      add(bucket.name(), LogLine.of(entry, bucket.owner(), host).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The canonical id of the bucket's owner; a dash when this gateway doesn't know it now. */
  public String owner(@Nullable String name) {
    Bucket bucket = name == null || name.isEmpty() ? null : store.buckets().leased(name);
    return bucket == null ? "-" : bucket.owner();
  }

  private synchronized void add(String bucket, byte[] line) {
    if (waitingBytes + line.length > MOST_BYTES) {
      return;
    }
    waitingBytes += line.length;
    waiting
        .computeIfAbsent(bucket, b -> new WaitingLines(Instant.now(), new ByteArrayOutputStream()))
        .bytes()
        .writeBytes(line);
  }

  /** Starts the thread that delivers. */
  public void start() {
    Thread.ofVirtual().name("access-log").start(this::run);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_NANOS);
      deliver(Instant.now().minus(age));
    }
  }

  /** Stops the thread and delivers all waiting lines; blocks. */
  public void close() {
    closed = true;
    deliver(Instant.MAX);
  }

  private void deliver(Instant before) {
    for (ReadyLines ready : take(before)) {
      byte[] lines = ready.lines().bytes().toByteArray();
      if (!delivery.deliver(ready.bucket(), ready.lines().first(), lines)) {
        log.info("access log of {}: {} bytes could not be delivered", ready.bucket(), lines.length);
      }
    }
  }

  private synchronized List<ReadyLines> take(Instant before) {
    var ready = new ArrayList<ReadyLines>();
    waiting.forEach((bucket, lines) -> {
      if (!lines.first().isAfter(before) || lines.bytes().size() >= LARGEST_OBJECT) {
        ready.add(new ReadyLines(bucket, lines));
      }
    });
    for (ReadyLines one : ready) {
      waiting.remove(one.bucket());
      waitingBytes -= one.lines().bytes().size();
    }
    return ready;
  }
}
