package rondo.storage.node;

import java.util.function.LongConsumer;
import rondo.ring.value.Bytes;
import rondo.storage.folder.DurableValue;

/** What {@link rondo.ring.version.HybridClock} needs to remember. Thread-safe. */
public final class ClockHighWaterMark implements LongConsumer {
  private final DurableValue value;

  public ClockHighWaterMark(DurableValue value) {
    this.value = value;
  }

  /** The newest ceiling, 0 when there was none. */
  public long floor() {
    return value.read().map(bytes -> Long.parseLong(bytes.utf8())).orElse(0L);
  }

  /** Returns when {@code ceiling} is on stable storage. */
  @Override
  public void accept(long ceiling) {
    value.write(Bytes.utf8(Long.toString(ceiling)));
  }
}
