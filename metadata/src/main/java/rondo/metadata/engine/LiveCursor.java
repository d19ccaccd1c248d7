package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** The keys of a source that are there; it ends with an exception where a lost range begins. */
public final class LiveCursor implements Cursor {
  private final SlotSource source;
  private final LostRangeSet lostRanges;
  private final @Nullable Bytes to;
  private final Runnable whenClosed;

  /** Up to here all is told, or was passed over. */
  private Bytes told;

  private boolean closed;

  public LiveCursor(
      SlotSource source,
      LostRangeSet lostRanges,
      Bytes from,
      @Nullable Bytes to,
      Runnable whenClosed) {
    this.source = source;
    this.lostRanges = lostRanges;
    this.told = from;
    this.to = to;
    this.whenClosed = whenClosed;
  }

  @Override
  public Engine.@Nullable Entry next() {
    for (Bytes key = source.key(); key != null; key = source.key()) {
      Bytes behind = LostRange.behind(key);
      lostRanges.refuse(told, behind);
      told = behind;
      Engine.Entry entry = source.slot().entry(key);
      source.advance();
      if (entry != null) {
        return entry;
      }
    }
    if (to == null || told.compareTo(to) < 0) {
      lostRanges.refuse(told, to);
    }
    return null;
  }

  @Override
  public void seek(Bytes key) {
    source.seek(key);
    told = told.compareTo(key) < 0 ? key : told;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.run();
    }
  }
}
