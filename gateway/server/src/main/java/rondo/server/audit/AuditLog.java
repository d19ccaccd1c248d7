package rondo.server.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Time;

/**
 * The audit log of a node: one thread gives each entry its place in the chain and writes it. An
 * entry that isn't required never waits; one that finds the queue full, or a disk that takes
 * nothing, is counted, and a later line says how many are missing. Thread-safe.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_WAITING = 4096;
  private static final int BATCH = 256;
  private static final long LOOK_MILLIS = 200;
  private static final Duration STOP = Duration.ofSeconds(2);

  /** Anybody can send what is refused, so that such entries would push others out of the log. */
  private static final int ANONYMOUS_PER_SECOND = 20;

  private static final long TOLD_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** The end of the chain that is on stable storage. */
  record Head(long number, String hash) {}

  private record Pending(AuditEntry entry, Instant time, CompletableFuture<Boolean> written) {}

  private final AuditFiles files;
  private final Supplier<String> node;
  private final Time time;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder entries = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread thread;
  private long told;
  private long second;
  private int anonymous;
  private volatile Head head = new Head(0, AuditLine.NONE);
  private volatile String failure = "";
  private volatile boolean hasLost;
  private volatile long lostNanos;
  private volatile boolean closed;

  /**
   * @param node this node's name
   */
  AuditLog(AuditFiles files, Supplier<String> node, Time time) {
    this.files = files;
    this.node = node;
    this.time = time;
    // A thread of the system: a disk that hangs must not hold one that requests need.
    this.thread = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::run);
  }

  /** Goes on where the log ended, with a line that says that the node has started. */
  void start() throws IOException {
    AuditFiles.End end = files.recover();
    head = new Head(end.number(), end.hash());
    if (!end.trouble().isEmpty()) {
      LOG.warn("audit log: {}", end.trouble());
    }
    record(AuditEntry.ofLog("Start", end.trouble()));
    thread.start();
  }

  AuditFiles files() {
    return files;
  }

  /** The end of the log as far as it is on stable storage. */
  Head head() {
    return head;
  }

  /** Takes an entry; never waits. */
  void record(AuditEntry entry) {
    if (entry.isAnonymous() && isTooMuch()) {
      lose();
    } else {
      offer(entry);
    }
  }

  /**
   * Takes an entry and waits until it is on stable storage.
   *
   * @return whether it is, within the patience
   */
  boolean require(AuditEntry entry, Duration patience) {
    Pending pending = offer(entry);
    if (pending == null) {
      return false;
    }
    try {
      return pending.written().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private @Nullable Pending offer(AuditEntry entry) {
    var now = Instant.ofEpochSecond(0, TimeUnit.MICROSECONDS.toNanos(time.wallMicros()));
    var pending = new Pending(entry, now, new CompletableFuture<>());
    if (!queue.offer(pending)) {
      lose();
      return null;
    }
    return pending;
  }

  private synchronized boolean isTooMuch() {
    long now = TimeUnit.NANOSECONDS.toSeconds(time.nanos());
    if (now != second) {
      second = now;
      anonymous = 0;
    }
    return ++anonymous > ANONYMOUS_PER_SECOND;
  }

  private void lose() {
    lost.increment();
    lostNanos = time.nanos();
    if (!hasLost) {
      hasLost = true;
      LOG.warn("the audit log loses entries: {}", why());
    }
  }

  private void run() {
    while (!closed || !queue.isEmpty()) {
      List<Pending> batch = next();
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
    files.close();
  }

  private List<Pending> next() {
    List<Pending> batch = new ArrayList<>();
    try {
      Pending first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return batch;
  }

  private void write(List<Pending> batch) {
    List<AuditLine> lines = new ArrayList<>();
    long missing = lost.sum() - told;
    Head end = head;
    if (missing > 0) {
      var entry = AuditEntry.ofLog("Lost", missing + " entries before this one are missing");
      end = add(lines, end, entry, batch.getFirst().time());
    }
    for (Pending pending : batch) {
      end = add(lines, end, pending.entry(), pending.time());
    }
    try {
      files.append(lines);
      told += missing;
      head = end;
      failure = "";
      entries.add(lines.size());
      batch.forEach(pending -> pending.written().complete(true));
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      files.close();
      batch.forEach(pending -> {
        lose();
        pending.written().complete(false);
      });
      return;
    }
    shed(batch.getFirst().time());
  }

  private Head add(List<AuditLine> lines, Head end, AuditEntry entry, Instant at) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("time", at.toString());
    fields.put("node", node.get());
    fields.putAll(entry.fields());
    AuditLine line = AuditLine.behind(end.number(), end.hash(), fields);
    lines.add(line);
    return new Head(line.number(), line.hash());
  }

  /** Deletes the oldest files, once lines say so. */
  private void shed(Instant at) {
    try {
      List<AuditFiles.Oldest> surplus = files.surplus();
      if (surplus.isEmpty()) {
        return;
      }
      List<AuditLine> lines = new ArrayList<>();
      Head end = head;
      for (AuditFiles.Oldest oldest : surplus) {
        String detail = AuditLine.Drop.detail(oldest.first(), oldest.last(), oldest.lastHash());
        end = add(lines, end, AuditEntry.ofLog(AuditLine.Drop.OPERATION, detail), at);
      }
      files.append(lines);
      head = end;
      entries.add(lines.size());
      for (AuditFiles.Oldest oldest : surplus) {
        Files.deleteIfExists(oldest.path());
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      files.close();
    }
  }

  /** Lines that were written since the start. */
  public long entries() {
    return entries.sum();
  }

  /** Entries that found no room, or couldn't be written. */
  public long lost() {
    return lost.sum();
  }

  /** What is wrong, in a sentence; empty when nothing was lost for ten minutes. */
  public String trouble() {
    if (!hasLost) {
      return "";
    }
    if (time.nanos() - lostNanos > TOLD_NANOS) {
      hasLost = false;
      return "";
    }
    return "The audit log has lost %d entries since the start, the last within ten minutes: %s."
        .formatted(lost.sum(), why());
  }

  String why() {
    String failed = failure;
    return failed.isEmpty()
        ? "its disk is slower than the requests, or there were more anonymous ones than "
            + ANONYMOUS_PER_SECOND
            + " a second"
        : "it can't be written (" + failed + ")";
  }

  /** Stops; waits at most two seconds for the entries that are in the queue. */
  void close() {
    closed = true;
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        LOG.warn("the audit log hangs: its last {} entries are lost", queue.size() + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
