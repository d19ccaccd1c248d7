package rondo.server.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run, as they stand in the JSON file.
 *
 * @param openLoop whether operations were started by the clock, so that latencies count from the
 *     intended start
 */
record BenchResult(
    String started,
    Map<String, String> plan,
    boolean openLoop,
    double seconds,
    List<KindResult> operations,
    Map<String, Long> errors,
    double clientCpuSeconds,
    List<Server> servers) {

  /**
   * The operations of one kind.
   *
   * @param latency the latency of successful operations
   * @param corrected in a closed loop: HdrHistogram's correction for coordinated omission, with the
   *     mean latency as the interval between a client's requests
   */
  record KindResult(
      String kind,
      long succeeded,
      long failed,
      double perSecond,
      double bytesPerSecond,
      Latency latency,
      @Nullable Latency corrected) {}

  /** Latencies in milliseconds. */
  record Latency(double mean, double p50, double p90, double p99, double p999, double max) {
    static Latency of(Histogram micros) {
      return new Latency(
          micros.getMean() / 1e3,
          at(micros, 50),
          at(micros, 90),
          at(micros, 99),
          at(micros, 99.9),
          micros.getMaxValue() / 1e3);
    }

    private static double at(Histogram micros, double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }
  }

  /**
   * The cost of a server process during the measurement.
   *
   * @param peakBytes the most resident memory
   */
  record Server(long pid, double cpuSeconds, long peakBytes) {}

  static List<KindResult> operations(LatencyRecorder recorder, double seconds, boolean openLoop) {
    var operations = new ArrayList<KindResult>();
    recorder
        .tallies()
        .forEach((kind, tally) -> {
          Histogram latencies = tally.latencies;
          long succeeded = latencies.getTotalCount();
          long interval = Math.max(1, (long) latencies.getMean());
          operations.add(
              new KindResult(
                  kind.label(),
                  succeeded,
                  tally.failed,
                  succeeded / seconds,
                  tally.bytes / seconds,
                  Latency.of(latencies),
                  openLoop || succeeded == 0
                      ? null
                      : Latency.of(latencies.copyCorrectedForCoordinatedOmission(interval))));
        });
    return operations;
  }

  static Map<String, String> summary(BenchPlan plan) {
    var summary = new LinkedHashMap<String, String>();
    summary.put("workload", plan.workload().name());
    summary.put("size", plan.data().sizes().text());
    summary.put("concurrency", Integer.toString(plan.load().concurrency()));
    summary.put(
        "rate", plan.load().rate() > 0 ? Double.toString(plan.load().rate()) : "closed loop");
    summary.put("endpoints", plan.target().endpoints().toString());
    summary.put("objects", Long.toString(plan.data().objects()));
    summary.put("prefixes", Integer.toString(plan.data().stored().prefixes()));
    summary.put("payload", plan.requests().signPayload() ? "signed" : "unsigned");
    summary.put("verify", Boolean.toString(plan.requests().verify()));
    return summary;
  }

  long succeeded() {
    return operations.stream().mapToLong(KindResult::succeeded).sum();
  }

  /** Microseconds of CPU per operation; 0 when none succeeded. */
  double perOperation(double cpuSeconds) {
    return succeeded() == 0 ? 0 : cpuSeconds * 1e6 / succeeded();
  }

  double serverCpuSeconds() {
    return servers.stream().mapToDouble(Server::cpuSeconds).sum();
  }
}
