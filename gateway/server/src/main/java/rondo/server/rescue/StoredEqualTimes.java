package rondo.server.rescue;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Ring;
import rondo.ring.port.Time;
import rondo.ring.repair.EqualTimes;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DurableValue;

/**
 * Keeps this node's {@link EqualTimes} in a file, which is replaced at most once a minute. A time
 * that a crash loses only makes a later report more careful. Used by one thread.
 */
public final class StoredEqualTimes {
  private static final Logger LOG = LoggerFactory.getLogger(StoredEqualTimes.class);
  private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of clusters with more partitions the times aren't read. */
  private static final int MOST_PARTITIONS = Ring.MOST_CLASSES << 16;

  private final DurableValue value;
  private final EqualTimes times;
  private final Supplier<@Nullable Layout> layouts;
  private final Time time;
  private long kept;
  private long keptAt;

  /** Adds what the file has to {@code times}. */
  public StoredEqualTimes(
      DurableValue value, EqualTimes times, Supplier<@Nullable Layout> layouts, Time time) {
    this.value = value;
    this.times = times;
    this.layouts = layouts;
    this.time = time;
    try {
      value.read().ifPresent(bytes -> times.add(bytes, MOST_PARTITIONS));
    } catch (DiskException | IllegalArgumentException e) {
      LOG.warn("until when other nodes had the same is recorded anew: {}", e.getMessage());
    }
    this.kept = times.changes();
    this.keptAt = time.nanos();
  }

  /** Writes the file if that is due. */
  public void keep() {
    if (time.nanos() - keptAt >= PERIOD_NANOS) {
      keepNow();
    }
  }

  /** Writes the file if anything has changed. */
  public void keepNow() {
    keptAt = time.nanos();
    Layout layout = layouts.get();
    long now = times.changes();
    if (layout == null || now == kept) {
      return;
    }
    times.keep(layout.nodes().stream().map(Node::id).toList());
    try {
      value.write(times.encode());
      kept = now;
    } catch (DiskException e) {
      LOG.debug("until when other nodes had the same isn't recorded now: {}", e.getMessage());
    }
  }
}
