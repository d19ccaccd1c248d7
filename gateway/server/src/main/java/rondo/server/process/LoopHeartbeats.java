package rondo.server.process;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

  /** The last beat of one event loop. */
  private static final class Heartbeat {
    final String name;
    volatile long nanos;

    Heartbeat(String name, long nanos) {
      this.name = name;
      this.nanos = nanos;
    }
  }

  public LoopHeartbeats(Time time) {
    this.time = time;
  }

  /** Watches the event loops of {@code vertx} until it is closed. */
  public void watch(String name, Vertx vertx) {
    int number = 0;
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      var heartbeat = new Heartbeat(name + " " + number++, time.nanos());
      loops.add(heartbeat);
      var unused =
          loop.scheduleAtFixedRate(
              () -> heartbeat.nanos = time.nanos(), 0, BEAT_SECONDS, TimeUnit.SECONDS);
    }
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
