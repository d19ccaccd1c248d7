package rondo.metadata.engine.lsm;

import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineSnapshot;
import rondo.metadata.engine.LiveCursor;
import rondo.ring.value.Bytes;

/** Layers that take no more writes, held until this is closed. Thread-safe. */
final class LayerSnapshot implements EngineSnapshot {
  private final LayerView still;
  private boolean closed;

  /**
   * @param still its memtables take no more writes; the caller hands over its hold
   */
  LayerSnapshot(LayerView still) {
    this.still = still;
  }

  @Override
  public Cursor cursor(Bytes from, @Nullable Bytes to) {
    synchronized (this) {
      if (closed || !still.hold()) {
        throw new EngineException("the snapshot is closed");
      }
    }
    return new LiveCursor(still.source(from, to), still.lostRanges(), from, to, still::release);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      still.release();
    }
  }
}
