package rondo.storage.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The size of a node's share of a shard.
 *
 * @param rows how many rows of objects and versions are live
 * @param tombstones how many rows of all tables were deleted
 * @param samples some keys of objects, spread evenly, in their order
 */
public record ShardCount(long rows, long tombstones, List<Bytes> samples) {
  /**
   * Returns a key behind {@code from} that splits the objects in about equal halves, as short as
   * can be and without a zero byte; null when there is none.
   */
  public @Nullable Bytes middle(Bytes from) {
    int half = samples.size() / 2;
    for (int away = 0; away < samples.size(); away++) {
      int at = half + (away % 2 == 0 ? away / 2 : -(away + 1) / 2);
      Bytes cut =
          at < 1 || at >= samples.size() ? null : between(samples.get(at - 1), samples.get(at));
      if (cut != null && cut.compareTo(from) > 0) {
        return cut;
      }
    }
    return null;
  }

  /**
   * Returns the shortest prefix of {@code key} that is greater than {@code before}; null when there
   * is none without a zero byte.
   */
  private static @Nullable Bytes between(Bytes before, Bytes key) {
    int length = 0;
    while (length < key.length() && key.at(length) != 0) {
      length++;
      Bytes prefix = key.slice(0, length);
      if (prefix.compareTo(before) > 0) {
        return prefix;
      }
    }
    return null;
  }
}
