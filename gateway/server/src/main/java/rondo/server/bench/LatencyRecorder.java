package rondo.server.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The latencies that one driver measured, in microseconds. Not thread-safe. */
final class LatencyRecorder {
  private static final int DIGITS = 3;
  private static final int MAX_MESSAGES = 100;

  private final Map<OperationKind, Tally> tallies = new EnumMap<>(OperationKind.class);
  private final Map<String, Long> errors = new TreeMap<>();

  /** The operations of one kind. */
  static final class Tally {
    final Histogram latencies = new Histogram(DIGITS);
    long bytes;
    long failed;
  }

  void succeeded(OperationKind kind, long nanos, long bytes) {
    Tally tally = tally(kind);
    tally.latencies.recordValue(Math.max(0, nanos / 1_000));
    tally.bytes += bytes;
  }

  void failed(OperationKind kind, Throwable why) {
    tally(kind).failed++;
    String message = Objects.requireNonNullElse(why.getMessage(), why.getClass().getSimpleName());
    if (errors.size() < MAX_MESSAGES || errors.containsKey(message)) {
      errors.merge(message, 1L, Long::sum);
    }
  }

  private Tally tally(OperationKind kind) {
    return tallies.computeIfAbsent(kind, absent -> new Tally());
  }

  /** Adds the measurements of another recorder. */
  void add(LatencyRecorder other) {
    other.tallies.forEach((kind, theirs) -> {
      Tally ours = tally(kind);
      ours.latencies.add(theirs.latencies);
      ours.bytes += theirs.bytes;
      ours.failed += theirs.failed;
    });
    other.errors.forEach((message, count) -> errors.merge(message, count, Long::sum));
  }

  Map<OperationKind, Tally> tallies() {
    return tallies;
  }

  Map<String, Long> errors() {
    return errors;
  }
}
