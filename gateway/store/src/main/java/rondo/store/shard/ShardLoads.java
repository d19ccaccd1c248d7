package rondo.store.shard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import rondo.ring.value.Bytes;

/** The shards' writes a second, over windows of half a minute. Used by one thread. */
final class ShardLoads {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST = 100_000;

  /** The number of writes at the start of a window, and the rate of the window before. */
  private record Window(long sinceNanos, long writes, long perSecond) {}

  /** The rate before the first whole window. */
  static final long UNKNOWN = -1;

  private final Map<Bytes, Window> windows = new LinkedHashMap<>();

  /** The writes a second in the last whole window, or {@link #UNKNOWN}. */
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
