package rondo.server.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;

/** How far an order about backups has come. Thread-safe. */
final class BackupProgress {
  /** Where an order stands. */
  enum Phase {
    STARTING,
    ROWS,
    CHUNKS,
    DONE,
    STOPPED,
    FAILED;

    boolean isRunning() {
      return compareTo(DONE) < 0;
    }
  }

  private final String order;
  private final String id;
  private final String target;
  private final Time time;

  // Guarded by this.
  private Phase phase = Phase.STARTING;
  private String failure = "";
  private boolean stopped;
  private long rows;
  private long chunks;
  private long chunksAll = -1;
  private long bytes;
  private long bytesAll = -1;
  private long bytesSent;
  private long phaseNanos;
  private @Nullable Map<String, Object> result;

  /**
   * @param order in a word
   * @param id of the backup
   */
  BackupProgress(String order, String id, String target, Time time) {
    this.order = order;
    this.id = id;
    this.target = target;
    this.time = time;
  }

  synchronized void enter(Phase next) {
    phase = next;
    phaseNanos = time.nanos();
  }

  synchronized void all(long chunkCount, long byteCount) {
    chunksAll = chunkCount;
    bytesAll = byteCount;
  }

  synchronized void row() {
    rows++;
  }

  /**
   * A chunk is done.
   *
   * @param sent how many bytes went over the wire for it: 0 when it was there already
   */
  synchronized void chunk(long plainBytes, long sent) {
    chunks++;
    bytes += plainBytes;
    bytesSent += sent;
  }

  synchronized void stop() {
    stopped = true;
  }

  /**
   * @throws StoppedException when an operator has ended the order
   */
  synchronized void check() {
    if (stopped) {
      throw new StoppedException();
    }
  }

  /** An operator has ended the order. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  synchronized void done(Map<String, Object> found) {
    result = found;
    enter(Phase.DONE);
  }

  synchronized void failed(String why) {
    failure = why;
    enter(Phase.FAILED);
  }

  synchronized boolean isRunning() {
    return phase.isRunning();
  }

  /** Everything, ready to become JSON. */
  synchronized Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("order", order);
    view.put("id", id);
    view.put("target", target);
    view.put("phase", phase.name());
    view.put("failure", failure);
    view.put("rows", rows);
    view.put("chunks", chunks);
    view.put("chunksAll", chunksAll);
    view.put("bytes", bytes);
    view.put("bytesAll", bytesAll);
    view.put("bytesSent", bytesSent);
    view.put("remainingSeconds", remainingSeconds());
    view.put("result", result);
    return view;
  }

  private long remainingSeconds() {
    if (!phase.isRunning()) {
      return 0;
    }
    long elapsed = time.nanos() - phaseNanos;
    return phase != Phase.CHUNKS || bytes == 0 || bytesAll < 0
        ? -1
        : TimeUnit.NANOSECONDS.toSeconds((long) ((double) elapsed / bytes * (bytesAll - bytes)));
  }
}
