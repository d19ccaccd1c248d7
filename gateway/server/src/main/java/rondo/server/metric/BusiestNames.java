package rondo.server.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import rondo.ring.port.Time;
import rondo.s3.logging.EndedRequest;

/**
 * Counts requests by a name, for a bounded number of names: the busiest of each minute, and those
 * before as long as none is twice as busy. Everything else counts together. Counters never fall;
 * one that leaves and comes back begins again. Thread-safe.
 */
final class BusiestNames {
  /** The name of the rest; no bucket and no account is called so. */
  static final String OTHER = "(other)";

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** So many names are watched for each that is shown. */
  private static final int CANDIDATES = 8;

  /** Counts one name's requests since it was shown. */
  private static final class Use {
    private final LongAdder requests = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
  }

  private final int most;
  private final Time time;
  private final ConcurrentMap<String, Use> shown = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> window = new ConcurrentHashMap<>();
  private final Use other = new Use();
  private long windowEnds;

  /**
   * @param most how many names are shown; 0 for none, and then nothing is counted
   */
  BusiestNames(int most, Time time) {
    this.most = most;
    this.time = time;
    this.windowEnds = time.nanos() + WINDOW_NANOS;
  }

  /** Counts a request; an empty name is one of the others. */
  void count(String name, EndedRequest request) {
    if (most == 0) {
      return;
    }
    Use use = name.isEmpty() ? other : shown.getOrDefault(name, other);
    if (!name.isEmpty()) {
      LongAdder busy = window.get(name);
      if (busy == null && window.size() < most * CANDIDATES) {
        busy = window.computeIfAbsent(name, first -> new LongAdder());
      }
      if (busy != null) {
        busy.increment();
      }
      if (use == other && shown.size() < most) {
        use = show(name);
      }
    }
    use.requests.increment();
    use.receivedBytes.add(request.receivedBytes());
    use.sentBytes.add(request.sentBytes());
  }

  private synchronized Use show(String name) {
    return shown.size() < most
        ? shown.computeIfAbsent(name, first -> new Use())
        : shown.getOrDefault(name, other);
  }

  /** Gives the counts by name. */
  void read(MetricReading reading, String prefix) {
    if (most == 0) {
      return;
    }
    choose();
    shown.forEach((name, use) -> read(reading, prefix, name, use));
    read(reading, prefix, OTHER, other);
  }

  private static void read(MetricReading reading, String prefix, String name, Use use) {
    reading.put(prefix + "_requests_total", use.requests.sum(), name);
    reading.put(prefix + "_received_bytes_total", use.receivedBytes.sum(), name);
    reading.put(prefix + "_sent_bytes_total", use.sentBytes.sum(), name);
  }

  /** Ends a minute: names that were twice as busy take the places of the least busy ones. */
  private synchronized void choose() {
    if (time.nanos() - windowEnds < 0) {
      return;
    }
    windowEnds = time.nanos() + WINDOW_NANOS;
    List<String> newcomers =
        window.entrySet().stream()
            .filter(entry -> !shown.containsKey(entry.getKey()))
            .sorted(
                Comparator.comparingLong((Map.Entry<String, LongAdder> e) -> -e.getValue().sum()))
            .map(Map.Entry::getKey)
            .limit(most)
            .toList();
    for (String newcomer : newcomers) {
      String least =
          shown.keySet().stream().min(Comparator.comparingLong(this::lately)).orElseThrow();
      if (lately(newcomer) > 2 * lately(least)) {
        shown.remove(least);
        shown.put(newcomer, new Use());
      }
    }
    window.clear();
  }

  private long lately(String name) {
    LongAdder busy = window.get(name);
    return busy == null ? 0 : busy.sum();
  }
}
