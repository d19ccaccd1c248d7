package rondo.server.process;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import rondo.ring.measure.DurationCounts;
import rondo.ring.port.Time;

/**
 * Notices an event loop that has ended or stands still: each runs a task every second that notes
 * the time. Thread-safe.
 */
public final class LoopHeartbeats {
  private static final long BEAT_SECONDS = 1;

  /** Longer than the longest pause of a collection; a live process beats again within a second. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private final Time time;
  private final List<Heartbeat> loops = new CopyOnWriteArrayList<>();
  private final Map<String, DurationCounts> lags = new ConcurrentHashMap<>();

  /** The last beat of one event loop. */
  private static final class Heartbeat {
    final String name;
    final DurationCounts lags;
    volatile long nanos;

    Heartbeat(String name, DurationCounts lags, long nanos) {
      this.name = name;
      this.lags = lags;
      this.nanos = nanos;
    }

    void beat(long nowNanos) {
      lags.add(Math.max(0, nowNanos - nanos - TimeUnit.SECONDS.toNanos(BEAT_SECONDS)));
      nanos = nowNanos;
    }
  }

  public LoopHeartbeats(Time time) {
    this.time = time;
  }

  /** Watches the event loops of {@code vertx} until it is closed. */
  public void watch(String name, Vertx vertx) {
    int number = 0;
    var lag = new DurationCounts();
    lags.put(name, lag);
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      var heartbeat = new Heartbeat(name + " " + number++, lag, time.nanos());
      loops.add(heartbeat);
      ScheduledFuture<?> _ =
          loop.scheduleAtFixedRate(
              () -> heartbeat.beat(time.nanos()), 0, BEAT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** How late the event loops ran each task that was due, by the names that they are watched by. */
  public Map<String, DurationCounts> lags() {
    return Map.copyOf(lags);
  }

  /** The event loops that are late, in words; empty when there is none. */
  public String late() {
    long now = time.nanos();
    List<String> late =
        loops.stream()
            .filter(loop -> now - loop.nanos > LATE.toNanos())
            .map(loop -> loop.name)
            .toList();
    return late.isEmpty() ? "" : "event loops stand still: " + String.join(", ", late);
  }
}
