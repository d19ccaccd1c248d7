package rondo.metadata.engine.lsm;

import java.util.concurrent.TimeUnit;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;

/**
 * Keeps writers from running ahead of the disk: slows each write down, in small steps, the more
 * memtables wait for a flush and the more runs wait for a merge, so that writes rarely have to
 * stop; bounds the wait where they do stop. Callers hold the lock of {@link Layers}, which is
 * released during each wait.
 */
final class Backpressure {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A write is slowed down by at most so many steps. */
  private static final int MOST_STEPS = 10;

  /**
   * Merges run beside the writes, which are slowed down only when there are so many times the
   * wanted number of runs.
   */
  private static final int SLACK = 3;

  /** Shorter than a caller's timeout, so that the caller is told that nothing was written. */
  private static final long MOST_STALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Layers layers;
  private final EngineOptions options;
  private final EngineCounters counters;

  Backpressure(Layers layers, EngineOptions options, EngineCounters counters) {
    this.layers = layers;
    this.options = options;
    this.counters = counters;
  }

  /** Slows a write down if flushes or merges are behind. */
  void slow() {
    long nanos = steps(layers.view()) * STEP_NANOS;
    if (nanos > 0) {
      counters.slowed().increment();
      waited(nanos, layers.pause(nanos));
    }
  }

  private int steps(LayerView view) {
    int unmerged = view.runs().size() - SLACK * options.runs();
    boolean unflushed =
        layers.isFrozenFull() && view.active().logBytes() > options.memtableBytes() / 2;
    return Math.clamp(unmerged, 0, MOST_STEPS - 1) + (unflushed ? 1 : 0);
  }

  /**
   * Waits until another memtable may be frozen.
   *
   * @param check throws when the wait is to be given up
   * @throws EngineException when the wait takes too long: nothing was written
   */
  void awaitFrozenRoom(Runnable check) {
    if (!layers.isFrozenFull()) {
      return;
    }
    counters.stalls().increment();
    long left = MOST_STALL_NANOS;
    while (layers.isFrozenFull() && left > 0) {
      check.run();
      left = layers.pause(left);
    }
    waited(MOST_STALL_NANOS, left);
    if (layers.isFrozenFull()) {
      counters.refused().increment();
      throw new EngineException("writes come faster than the disk takes them: try again later");
    }
  }

  private void waited(long nanos, long left) {
    counters.stallMicros().add(TimeUnit.NANOSECONDS.toMicros(nanos - Math.max(0, left)));
  }
}
