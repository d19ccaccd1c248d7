package rondo.storage.node;

import java.util.function.LongConsumer;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DurableValue;

/**
 * The durable ceiling of a node's {@link rondo.ring.version.HybridClock}: no stamp was ever given
 * above it. Thread-safe.
 */
public final class ClockHighWaterMark implements LongConsumer {
  private final DurableValue value;

  public ClockHighWaterMark(DurableValue value) {
    this.value = value;
  }

  /** Returns the last ceiling; 0 when there was none. */
  public long floor() {
    return value.read().map(bytes -> Long.parseLong(bytes.utf8())).orElse(0L);
  }

  /** Replaces the ceiling; durable when this returns. */
  @Override
  public void accept(long ceiling) {
    value.write(Bytes.utf8(Long.toString(ceiling)));
  }
}
