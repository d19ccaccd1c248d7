package rondo.metadata.engine.lsm;

import java.util.concurrent.TimeUnit;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;

/**
 * Keeps writers from running ahead of the disk. The more there is to flush and to merge, the longer
 * each write waits, in small steps, so that it need not stop; and when it has to, not for ever. For
 * whoever holds the lock of {@link Layers}, which is let go during each wait.
 */
final class Backpressure {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** No write is slowed by more than this. */
  private static final int MOST_STEPS = 10;

  /** Runs are merged beside the writes; only when so many times the wanted number stand there. */
  private static final int SLACK = 3;

  /** Less than the patience of those who ask, who then know that nothing was written. */
  private static final long MOST_STALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Layers layers;
  private final EngineOptions options;
  private final EngineCounters counters;

  Backpressure(Layers layers, EngineOptions options, EngineCounters counters) {
    this.layers = layers;
    this.options = options;
    this.counters = counters;
  }

  /** Waits a little when there is reason to. */
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
   * @param check throws when there is no point in waiting
   * @throws EngineException when that takes too long
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
