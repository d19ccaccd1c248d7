package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/** The keys of a source that are there. */
final class LiveCursor implements Cursor {
  private final Source source;
  private final Runnable whenClosed;
  private boolean closed;

  LiveCursor(Source source, Runnable whenClosed) {
    this.source = source;
    this.whenClosed = whenClosed;
  }

  @Override
  public Engine.@Nullable Entry next() {
    for (Bytes key = source.key(); key != null; key = source.key()) {
      Engine.Entry entry = source.slot().entry(key);
      source.advance();
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  @Override
  public void seek(Bytes key) {
    source.seek(key);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.run();
    }
  }
}
