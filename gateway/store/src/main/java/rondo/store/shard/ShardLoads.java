package rondo.store.shard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import rondo.ring.value.Bytes;

/** How many writes shards see in a second, over half a minute. Used by one thread. */
final class ShardLoads {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST = 100_000;

  /** The writes at the beginning of a window, and what the one before saw in a second. */
  private record Window(long sinceNanos, long writes, long perSecond) {}

  /** There was no whole window yet. */
  static final long UNKNOWN = -1;

  private final Map<Bytes, Window> windows = new LinkedHashMap<>();

  /** Writes a second in the last whole window, or {@link #UNKNOWN}. */
  long perSecond(Bytes shard, long writes, long nowNanos) {
    if (windows.size() >= MOST) {
      windows.clear();
    }
    Window window = windows.computeIfAbsent(shard, it -> new Window(nowNanos, writes, UNKNOWN));
    long nanos = nowNanos - window.sinceNanos();
    if (nanos >= WINDOW_NANOS) {
      double seconds = nanos / 1e9;
      long rate = Math.max(0, (long) ((writes - window.writes()) / seconds));
      window = new Window(nowNanos, writes, rate);
      windows.put(shard, window);
    }
    return window.perSecond();
  }

  void forget(Bytes shard) {
    windows.remove(shard);
  }
}
