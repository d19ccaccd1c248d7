package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A cursor over a source of slots that skips removed keys, and throws where a lost range begins.
 */
public final class LiveCursor implements Cursor {
  private final SlotSource source;
  private final LostRangeSet lostRanges;
  private final @Nullable Bytes to;
  private final Runnable whenClosed;

  /** All keys below this one were returned or skipped. */
  private Bytes passed;

  private boolean closed;

  public LiveCursor(
      SlotSource source,
      LostRangeSet lostRanges,
      Bytes from,
      @Nullable Bytes to,
      Runnable whenClosed) {
    this.source = source;
    this.lostRanges = lostRanges;
    this.passed = from;
    this.to = to;
    this.whenClosed = whenClosed;
  }

  @Override
  public Engine.@Nullable Entry next() {
    for (Bytes key = source.key(); key != null; key = source.key()) {
      Bytes behind = LostRange.behind(key);
      lostRanges.refuse(passed, behind);
      passed = behind;
      Engine.Entry entry = source.slot().entry(key);
      source.advance();
      if (entry != null) {
        return entry;
      }
    }
    if (to == null || passed.compareTo(to) < 0) {
      lostRanges.refuse(passed, to);
    }
    return null;
  }

  @Override
  public void seek(Bytes key) {
    source.seek(key);
    passed = passed.compareTo(key) < 0 ? key : passed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.run();
    }
  }
}
