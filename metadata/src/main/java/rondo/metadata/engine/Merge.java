package rondo.metadata.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * Several sources as one: where they hold the same key, the first of them wins. They are few, so
 * that looking at each beats a heap.
 */
final class Merge implements Source {
  private final Source[] sources;
  private @Nullable Source least;

  /**
   * @param sources newest first
   */
  Merge(List<Source> sources) {
    this.sources = sources.toArray(Source[]::new);
    findLeast();
  }

  @Override
  public @Nullable Bytes key() {
    return least == null ? null : least.key();
  }

  @Override
  public Slot slot() {
    if (least == null) {
      throw new IllegalStateException("past the end");
    }
    return least.slot();
  }

  @Override
  public void advance() {
    Bytes passed = key();
    if (passed == null) {
      return;
    }
    for (Source source : sources) {
      Bytes key = source.key();
      if (key != null && key.equals(passed)) {
        source.advance();
      }
    }
    findLeast();
  }

  @Override
  public void seek(Bytes key) {
    for (Source source : sources) {
      source.seek(key);
    }
    findLeast();
  }

  private void findLeast() {
    least = null;
    Bytes leastKey = null;
    for (Source source : sources) {
      Bytes key = source.key();
      if (key != null && (leastKey == null || key.compareTo(leastKey) < 0)) {
        least = source;
        leastKey = key;
      }
    }
  }
}
