package rondo.metadata.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * Merges several sources into one. Of several slots for one key the first source's wins. There are
 * so few sources that looking at each beats a heap.
 */
public final class MergedSource implements SlotSource {
  private final SlotSource[] sources;
  private @Nullable SlotSource least;

  /**
   * @param sources newest first
   */
  public MergedSource(List<SlotSource> sources) {
    this.sources = sources.toArray(SlotSource[]::new);
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
    for (SlotSource source : sources) {
      Bytes key = source.key();
      if (key != null && key.equals(passed)) {
        source.advance();
      }
    }
    findLeast();
  }

  @Override
  public void seek(Bytes key) {
    for (SlotSource source : sources) {
      source.seek(key);
    }
    findLeast();
  }

  private void findLeast() {
    least = null;
    Bytes leastKey = null;
    for (SlotSource source : sources) {
      Bytes key = source.key();
      if (key != null && (leastKey == null || key.compareTo(leastKey) < 0)) {
        least = source;
        leastKey = key;
      }
    }
  }
}
